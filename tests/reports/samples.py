"""Made-up charts, one of each kind, and those that are easily drawn badly."""

from dataclasses import replace

from domain.chart import Chart, ChartKind, Measure, Point, Series

MEANING = "口径：登记受理的工单数，作废的不算。"
SOURCE = "网格管家 2026年5月11日 18:00"
LONG = "青云谱区洪都街道南昌市第一建筑工程公司家属院第二期（含原料场宿舍）社区"
NAMES = "幸福里、梅湖、三家店、洪都、京山、岱山、上海路、塔子桥、昌南、湖坊、石桥、江铃、王安石路、䶮湖、𬭼塘"
CAMPAIGNS = ("街面秩序", "环境污染", "无证施工", "垃圾分类", "其他", "毁绿占绿")


def counts(*values: float, name: str = "本期") -> Series:
    """So many cases."""
    return Series(name, tuple(Point(value, f"{value} 件") for value in values))


def shares(*parts: int | None, of: int = 20, name: str = "本期") -> Series:
    """So many of so many, in percent; None where there were too few."""
    points = (
        Point(None, "3/4 件")
        if part is None
        else Point(round(100 * part / of), f"{round(100 * part / of)}%（{part}/{of} 件）")
        for part in parts
    )
    return Series(name, tuple(points))


RANKING = Chart(
    ChartKind.BARS,
    Measure.COUNT,
    "各社区受理（从高到低）",
    "5月4日至5月10日",
    tuple(f"{name}社区" for name in NAMES.split("、")),
    (counts(*range(60, 15, -3)),),
    "件",
    "合计 783 件",
    ("其余 60 个合计 213 件。", MEANING),
    SOURCE,
    "社区",
)
RATES = Chart(
    ChartKind.BARS,
    Measure.PERCENT,
    "洪都街道，各社区按期办结率（从低到高）",
    "5月1日至5月31日",
    ("幸福里社区", "梅湖社区", "三家店社区", LONG, "京山社区"),
    (shares(8, 11, 15, 19, 20),),
    "%",
    "总体 73%（73/100 件）",
    (
        "另有 12 个不足 10 件，没有画。",
        "口径：按期处置数 ÷ 应处置数（处置期限在期内，已反馈或已过期的；转办、挂账、作废的不算）。",
    ),
    SOURCE,
    "社区",
)
COMPARED = Chart(
    ChartKind.COMPARISON,
    Measure.COUNT,
    "五大整治受理",
    "5月1日至5月31日",
    CAMPAIGNS,
    (counts(51, 44, 23, 17, 9, 3), counts(80, 40, 20, 22, 9, 0, name="去年同期")),
    "件",
    "合计 147 件",
    ("去年同期（2025年5月1日至2025年5月31日）：171 件，少 24 件（-14%）。", MEANING),
    SOURCE,
    "整治",
)
PARTS = replace(
    COMPARED,
    kind=ChartKind.SHARES,
    series=(
        Series(
            "本期",
            tuple(
                Point(value, f"{value} 件，{share}%")
                for value, share in ((51, 35), (44, 30), (23, 16), (17, 12), (9, 6), (3, 2))
            ),
        ),
    ),
    notes=(MEANING,),
)
DAYS = Chart(
    ChartKind.LINE,
    Measure.COUNT,
    "每天受理",
    "5月1日至5月31日",
    tuple(f"5/{day}" for day in range(1, 32)),
    (counts(*(day * 17 % 41 for day in range(1, 32))),),
    "件",
    "合计 636 件",
    (MEANING,),
    SOURCE,
    "日期",
)
WEEKS = replace(
    DAYS,
    kind=ChartKind.COLUMNS,
    title="每周受理",
    period="2026年2月16日至5月10日",
    labels=("2/16–2/22", "2/23–3/1", "3/2–3/8", "3/9–3/15", "3/16–3/22", "3/23–3/29", "3/30–4/5", "4/6–4/12"),
    series=(counts(80, 135, 65, 98, 0, 63, 94, 120),),
    column="周",
)
MONTHS = Chart(
    ChartKind.COLUMNS,
    Measure.PERCENT,
    "每月按期办结率",
    "2025年9月1日至2026年5月11日",
    ("2025年9月", "2025年10月", "2025年11月", "2025年12月", "1月", "2月", "3月", "4月", "5月"),
    (shares(13, 14, None, 16, 18, 18, 19, 17, 20),),
    "%",
    "总体 84%（135/160 件）",
    ("另有 1 个不足 10 件，没有画。", MEANING),
    SOURCE,
    "月份",
)
HOURS = replace(
    MONTHS,
    kind=ChartKind.LINE,
    measure=Measure.HOURS,
    title="每月处置时长",
    unit="小时",
    whole="总体 30.5 小时（160 件）",
    series=(
        Series(
            "本期", tuple(Point(h, f"{h} 小时（18 件）") for h in (40.5, 38, 31, 30.5, 33, 26, 24, 22.5, 21))
        ),
    ),
)
KINDS = {
    "ranking": RANKING,
    "rates": RATES,
    "compared": COMPARED,
    "parts": PARTS,
    "days": DAYS,
    "weeks": WEEKS,
    "months": MONTHS,
    "hours": HOURS,
}
ODD = {
    "nothing": replace(RANKING, labels=(), series=(counts(),), whole="合计 0 件"),
    "one": replace(RANKING, labels=("幸福里社区",), series=(counts(3),)),
    "one day": replace(DAYS, labels=("5/1",), series=(counts(3),)),
    "zeros": replace(RANKING, series=(counts(*[0] * 15),)),
    "zero days": replace(DAYS, series=(counts(*[0] * 31),)),
    "zero parts": replace(PARTS, series=(counts(*[0] * 6),)),
    "no parts": replace(PARTS, labels=(), series=(counts(),)),
    "all few": replace(MONTHS, series=(shares(*[None] * 9),)),
    "long": replace(RATES, title=LONG * 2, labels=tuple(f"{n}{LONG}" for n in range(5))),
    "seventy-five": replace(
        RANKING, labels=tuple(f"第{n}社区" for n in range(75)), series=(counts(*range(75)),)
    ),
    "markup": replace(
        RATES, title="<b>&amp;</b>", labels=("<script>alert(1)</script>", "a&b", "{b}", '"', "\\")
    ),
}
