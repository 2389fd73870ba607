"""Builds the templates of the weekly and the monthly report: `python -m reports.make_templates`."""

from pathlib import Path

from reports.form import Form

HERE = Path(__file__).parent / "templates"


def weekly() -> Form:
    """The weekly report."""
    form = Form()
    form.title()
    form.heading("一、总体情况")
    form.say(
        "受理 {{ 受理 }}，结案 {{ 结案 }}，队员主动制止 {{ 主动制止 }}，转介 {{ 转介 }}。"
        "按期办结率 {{ 按期办结率 }}，处置时长中位数 {{ 处置时长 }}，满意率 {{ 满意率 }}。"
    )
    form.compared("上周")
    form.say("现在在办 {{ 在办 }}，其中超期 {{ 超期 }}、挂账 {{ 挂账 }}。")
    form.picture("走势图")
    form.heading("二、五大整治")
    form.table("五大整治", _CAMPAIGNS, together=True)
    form.heading("三、超期和挂账")
    form.table_or("超期清单", _LATE, "现在没有超期的工单。")
    form.table_or("挂账清单", _SUSPENDED, "现在没有挂账的工单。")
    form.heading("四、社区对接")
    form.say(
        "对接 {{ 对接 }}；没有对接记录的社区 {{ 未对接 }}（补录截止前还会减少）。普法卡 {{ 普法卡 }}，宣传 {{ 普法人次 }}。"
    )
    form.only_if("未对接清单")
    form.table("未对接清单", (("街道", "街道", 3.8), ("个数", "件数", 1.6), ("社区", "社区", 10.4)))
    form.say("名单只给中队长以上，不发群、不排名。", small=True)
    form.end_if()
    _spots(form, "五")
    _definitions(form, "六")
    form.foot()
    return form


def monthly() -> Form:
    """The monthly report."""
    form = Form()
    form.title()
    form.heading("一、总体情况")
    form.say("{{ 三项 }}")
    form.say("受理 {{ 受理 }}，结案 {{ 结案 }}，队员主动制止 {{ 主动制止 }}，转介 {{ 转介 }}。")
    form.compared("上月", "去年同月")
    form.say("编制时在办 {{ 在办 }}，其中超期 {{ 超期 }}、挂账 {{ 挂账 }}。满意率 {{ 满意率 }}。")
    form.picture("走势图")
    _structure(form)
    _times(form)
    form.heading("四、时限与效能")
    form.say(
        "按期办结率 {{ 按期办结率 }}，结案率 {{ 结案率 }}，处置时长中位数 {{ 处置时长 }}，期内超期 {{ 期内超期 }}。各类别时限不同，不跨类比较。"
    )
    form.table_or("各类别时限", _TIMING, "这个时段没有到时限的工单。")
    _spots(form, "五")
    form.heading("六、三率")
    form.say("超期率 {{ 超期率 }}，延期率 {{ 延期率 }}，返工率 {{ 返工率 }}。")
    form.heading("七、社区对接和普法")
    form.say(
        "对接 {{ 对接 }}；没有对接记录 {{ 未对接 }}（每周每个社区算一个）。普法卡 {{ 普法卡 }}，宣传 {{ 普法人次 }}。"
    )
    form.heading("八、特征归纳")
    form.each("特征归纳", "{{ 行.内容 }}")
    _definitions(form, "九")
    form.foot()
    return form


def _structure(form: Form) -> None:
    form.heading("二、结构")
    form.heading("（一）五大整治", 2)
    form.table("五大整治", _CAMPAIGNS, together=True)
    form.picture("五大整治图")
    form.heading("（二）类别", 2)
    form.table_or("各类别", _CATEGORIES, "这个时段没有受理工单。")
    form.heading("（三）来源", 2)
    form.table("来源", (("来源", "名称", 8), ("数", "件数", 7.5)), together=True)
    form.heading("（四）社区", 2)
    form.table_or("各社区", _COMMUNITIES, "这个时段各社区都没有。")
    form.say("按名册的顺序，不排名；三项都是 0 的不列。", small=True)


def _times(form: Form) -> None:
    form.heading("三、时间分布")
    form.table("各时段", (("时段", "名称", 5), ("受理", "件数", 5), ("占比", "占比", 5.5)), together=True)
    days = (("", "名称", 5), ("受理", "件数", 5), ("日均", "日均", 5.5))
    form.table("工作日与休息日", days, together=True)


def _spots(form: Form, number: str) -> None:
    form.heading(f"{number}、重复点位")
    form.table_or("重复点位", _SPOTS, "没有重复点位。")
    form.say("重复点位：{{ 重复点位口径 }}。", small=True)


def _definitions(form: Form, number: str) -> None:
    form.heading(f"{number}、口径")
    form.table("口径表", (("指标", "指标", 3.2), ("口径", "口径", 12.3)))


_CAMPAIGNS = (
    ("大类", "名称", 3.5),
    ("受理", "受理", 2.5),
    ("占比", "占比", 4.5),
    ("结案", "结案", 2.5),
    ("主动制止", "主动制止", 2.5),
)
_LATE = (
    ("单号", "单号", 3.5),
    ("社区", "社区", 3.6),
    ("类别", "类别", 3),
    ("超期", "超期时长", 2.6),
    ("主办", "主办", 2.8),
)
_SUSPENDED = (("挂账单号", "单号", 3.8), ("社区", "社区", 4.4), ("类别", "类别", 4), ("挂到", "挂到", 3.3))
_SPOTS = (
    ("社区", "社区", 4),
    ("类别", "类别", 3.2),
    ("地点", "地点", 4.7),
    ("件数", "件数", 1.8),
    ("在办", "在办", 1.8),
)
_CATEGORIES = (
    ("大类", "大类", 3.2),
    ("类别", "名称", 3.8),
    ("受理", "受理", 2.2),
    ("上月", "上期受理", 2.2),
    ("占比", "占比", 4.1),
)
_COMMUNITIES = (("社区", "名称", 6.5), ("受理", "受理", 3), ("结案", "结案", 3), ("主动制止", "主动制止", 3))
_TIMING = (
    ("类别", "名称", 3.7),
    ("按期办结率", "按期办结率", 4.4),
    ("处置时长", "处置时长", 4.6),
    ("期内超期", "期内超期", 2.8),
)


FORMS = {"weekly.docx": weekly, "monthly.docx": monthly}
"""The templates by their file."""


def main() -> None:
    """Write them."""
    HERE.mkdir(exist_ok=True)
    for name, build in FORMS.items():
        build().file.save(str(HERE / name))


if __name__ == "__main__":
    main()
