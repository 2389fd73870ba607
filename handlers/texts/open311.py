"""What others' programs are told, and the people who write them."""

from domain.category import Category

NO_MOMENT = "时间太早或太晚"
BACKWARDS = "start_date 在 end_date 之后"
BAD_STATUS = "status 只能是 open、closed，或两个都写：open,closed"
BAD_KEY = "缺少 api_key，或者不对"
BAD_REQUEST = "请求不对"
NOT_FOUND = "没有这个服务、工单或地址"
NO_SUCH_METHOD = "只能读（GET）"
TOO_OFTEN = "请求太频繁，请稍后再试"
WENT_WRONG = "程序出了点问题"
HOW_TO_GET_A_KEY = "读取要带 api_key，请向本单位的管理员要。"
NO_KEY_NEEDED = "读取不用 api_key。"


def service(kind: Category) -> str:
    """What a kind of problem is."""
    code = f"，国标小类代码 {kind.gbt}" if kind.gbt else ""
    return f"{kind.campaign}：{kind.name}{code}"


def too_long(days: int) -> str:
    """A period of more days than may be asked for."""
    return f"start_date 到 end_date 不能超过 {days} 天"


def no_moment(name: str) -> str:
    """A moment that cannot be read."""
    return f"{name} 要写成 2026-05-11T08:00:00+08:00 的样子（ISO 8601）"


def contact(bureau: str) -> str:
    """Whom to turn to."""
    return bureau or "网格管家的管理员"
