"""What people are told that is about no ticket: in danger, where to turn, what the law says."""

from datetime import date

from domain.law import LawCard

DANGERS = {
    "gas": "请先离开：开窗、别碰电器开关和明火，到室外拨119和燃气抢修电话；有人不舒服拨120。",
    "fire": "请先离开到安全处，马上拨119，别回去拿东西。",
    "collapse": "请马上远离、绕行，别让老人小孩靠近；有人受伤拨120。",
    "electric": "请远离，别碰水和电线，马上拨95598；有人受伤拨120。",
    "injury": "请马上拨120，别随意搬动伤者；落水、被困再拨119，有人行凶、轻生拨110。",
}


REFERRALS = {
    "物业": "这件归物业管：可先找物业，不顺利再打12345。",
    "社区居委会": "这件可请社区居委会出面：到社区或联系网格员，不顺利再打12345。",
    "公安110": "这件归公安管：请拨110。",
    "交警122": "这件归交警管：请拨122，影响出行可用挪车服务。",
    "消防119": "这件归消防管：有火情马上拨119；隐患可先请物业处理，再打12345。",
    "供水": "这件归供水公司管：请打供水客服，找不到号码打12345。",
    "供电": "这件归供电公司管：请拨95598。",
    "供气": "这件归燃气公司管：请打燃气客服；闻到气味先开窗离开，再打电话。",
    "市场监管12315": "这件归市场监管管：请拨12315，留好小票照片。",
    "12345": "这件不归城管办，可打12345，会转到对口的单位。",
}


STRANGER = "我还不知道您住哪个社区：请先在小区群里随便说句话，再把这件事发我一次。"


HEATED = "{group}里有几位居民火气比较大，我先不在群里说话了，请您去看看、说几句。"


HELP = "我只管城管的事：说清什么事、在哪里，我来登记并告诉队员。想保密请私聊我。"


def oversight(channel: str) -> str:
    """To who complains of an officer, privately."""
    return f"此类情况不便在群里说。监督渠道：{channel}。"


LAW_ONLY = "仅供普法参考，不作为执法结论。"


def law(card: LawCard, day: date) -> str:
    """The answer of a card, with article and fines where it is verified; else with its source alone."""
    if card.quotable(day) and card.verified_on:
        penalty = f"罚则：{card.penalty}" if card.penalty else ""
        return f"{card.answer}{penalty}依据：{card.law}，{card.article}（{card.verified_on}核验）。{LAW_ONLY}"
    newer = "（可能已有新法）" if card.perhaps_replaced else ""
    return f"{card.answer}出处：{card.law}{newer}，以现行法律为准。{LAW_ONLY}"


def law_of_the_week(card: LawCard, day: date) -> str:
    """A card that nobody asked for."""
    return f"普法：{card.question}？{law(card, day)}"
