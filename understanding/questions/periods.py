"""The stretches of time that a question names, each as its first and last day, both counted."""

import re
from collections.abc import Callable, Iterator

from understanding.questions import days, holidays, stretches, weeks
from understanding.questions.days import NoSuchDays, Now, Span
from understanding.questions.numbers import NUM

Rule = Callable[[re.Match[str], Now], Span | None]

_YEAR = r"(?P<year>今年|去年|前年|本年度?|上年|当年|20\d\d年|[12]\d年)?的?"
_THIS_MONTH = r"本月份?|这个?月份?|当月|上上个?月|上一?个?月份?|前一个?月"
_TO = r"(?:一直)?(?:到|至|-|~|—)"
_A, _B = rf"(?P<a>{NUM})", rf"(?P<b>{NUM})"
_REL = rf"(?P<rel>{_THIS_MONTH})"
_WEEK_WORD = "(?:周|礼拜|星期|週)"
_N = rf"(?P<n>{NUM})"
_COUNTED = "受理|接|投诉|办结|超期"
_NO_DAY_WORD = rf"(?:(?<=月\d)|(?<=月\d\d))(?=的|{_COUNTED}|[，。 ])"
"""7月20到8月9受理."""
_M1 = "[1-9一二三四五六七八九]"
_TO_COME = re.compile(
    r"(?:(?<![一查看问报说算列发排拉调统计比搜找核点讲给来上底手以之剩留落压降余])下|(?<=[查看问报说])下(?=下|个))"
    rf"下?一?个?(?:{_WEEK_WORD}末?(?:[一二三四五六日天](?![共起般直定种大个项条次]))?|月(?:[上中下]旬|[初底末]|{NUM}[日号])?)"
)
"""下周一, 下个月5号: days of which there is no figure yet."""
_HOLIDAY = "|".join(f"(?P<{name}>{said})" for name, said in holidays.HOLIDAYS.items())
_RULES: list[tuple[re.Pattern[str], Rule]] = [
    (re.compile(pattern), rule)
    for pattern, rule in (
        (
            rf"{_YEAR}(?:{_HOLIDAY})(?P<feast>节)?(?:长假|假期|放假)?(?P<sure>之|以)?前的?{_N}个?(?P<unit>天|周|礼拜|星期)",
            holidays.before_holiday,
        ),
        (
            rf"(?<![一-鿿])(?:长假|节|假期|放假)(?:之|以)?前的?{_N}个?(?P<unit>天|周|礼拜|星期)",
            holidays.before_latest,
        ),
        (
            r"(?P<back>去年|上年|上周|上个?礼拜|上个?星期|上个?月)的?(?:今天|今日)",
            stretches.same_day,
        ),
        (r"(\d{1,2})[./](\d{1,2})(?:到|至|-|~)(\d{1,2})[./](\d{1,2})", days.dotted),
        (
            r"(?<![\d/.])(\d{1,2})(?:/(\d{1,2})(?![\d/])[日号]?|\.(\d{1,2})(?:[日号]|(?=受理|接|投诉|办结|超期|当天|那天|几件|以来|起|到现在|U)))",
            days.slashed,
        ),
        (r"(20\d\d)[-./年](\d{1,2})[-./月](\d{1,2})[日号]?", days.full_date),
        (
            rf"(?:从|自)?{_YEAR}(?:(?P<month>{NUM})月份?|{_REL})?的?{_A}[日号]?{_TO}(?:(?P<month2>{NUM})月)?{_B}(?:[日号]|{_NO_DAY_WORD})",
            days.day_range,
        ),
        (
            (
                rf"{_YEAR}(?:(?P<month>{NUM})月份?|{_REL})?的?(?<![0-9一二三四五六七八九十]){_A}[日号]?[，和]"
                rf"(?:{NUM}[日号]?[，和])?{_B}[日号](?![楼栋院门单]|[^，。？]{{0,6}}比)"
            ),
            days.day_list,
        ),
        (rf"(?:从|自)?{_YEAR}{_A}月?份?{_TO}{_B}月份?", days.month_range),
        (
            (
                rf"{_YEAR}(?:(?P<month>{NUM})月份?|{_REL})?的?(?!0\d\d)"
                rf"(?<![近去这0-9一二三四五六七八九十周期拜]){_A}[日号](?![楼栋院门单])"
            ),
            days.one_day,
        ),
        (
            rf"{_YEAR}(?:(?P<month>{NUM})月份?|{_REL})?的?(?P<part>中下旬|上中旬|[上中下]旬|[上下前后]半个?月)",
            days.part_of_month,
        ),
        (
            rf"{_YEAR}(?P<a>{_M1})(?:(?<=[一二三四五六七八九])|[、，和])(?:{_M1}[、，和]?)?(?P<b>{_M1})(?:[两二三]个?)?月份?",
            days.two_months,
        ),
        (rf"{_YEAR}{_A}月份?", days.one_month),
        (
            rf"{_YEAR}(?:第)?(?P<a>[1-4一二三四])[、，和]?(?:第)?(?P<b>[1-4一二三四])(?:[两三]个)?季度?",
            days.two_quarters,
        ),
        (
            (
                rf"{_YEAR}(?:[入开](?P<season>[春夏秋冬])(?=以来|之?后|到现在|至今|U)"
                r"|(?P<season2>[春夏秋冬])[天季](?!了|来|到|[^，。？ ]{0,6}了吧))"
            ),
            stretches.season,
        ),
        (rf"{_YEAR}暑(?:假|期)(?:期间|里)?", stretches.summer_holidays),
        (r"(?:今年)?(?:秋季)?开学(?=以来|之?后|到现在|至今|U)", stretches.term),
        (r"(?:本|这个?)?月初", days.month_begin),
        (
            (
                r"(?:(?:[再又](?:往|向)?|往|向)(?P<way>[前上后])(?:推|数|面|边)?(?:那|的)?一?|^(?P<next>[前后])一)个?"
                rf"(?P<unit>天|日|{_WEEK_WORD}|月|季度|年)(?!以来|[一二三四五六日天1-9末]|上旬|中旬|下旬)"
            ),
            stretches.next_to,
        ),
        (
            rf"(?:(?:再(?:往|向)?|往|向|此|之)前(?:推|数|面|边|头)?(?:的|那)?一?个?|[前上]一个){_A}个?(?P<unit>天|日|{_WEEK_WORD}|月)(?![一二三四五六日天1-9末]|[上中下]旬)",
            stretches.as_many_before,
        ),
        (_REL, days.named_month),
        (
            rf"{_YEAR}(?:前{_A}个?季度|(?P<c>[两二三])个季度(?:下来|以来|累计|总))",
            days.first_quarters,
        ),
        (r"(本|这个?|当前?|上上个?|上一?个?|前一个)季度?", days.named_quarter),
        (
            rf"{_YEAR}(?:第|q)?(?P<a>(?<=q)[1-4]|(?<=第)[1-4一二三四](?=个季)|[1-4一二三四](?=季))(?:个?季度?)?",
            days.quarter,
        ),
        (rf"(?P<year>今年|去年)的?(?:头|前){_A}个月", days.first_months),
        (rf"(?<!\0)(?<!\0的)(?<!半年)(?<!半年的)(?:前|头|上){_A}个月", days.months_before),
        (rf"{_YEAR}(?P<half>[上下]|(?<=年)[前后])半年", days.half),
        (rf"((?:本|这个?|上上个?|上一?个?|前一?个?)?){_WEEK_WORD}末|双休日", weeks.weekend),
        (
            rf"((?:本|这个?|上上个?|上一?个?)?){_WEEK_WORD}六(?:[、，和]?(?:{_WEEK_WORD})?[日天]|跟(?:{_WEEK_WORD})[日天])(?!上|早)",
            weeks.weekend,
        ),
        (
            (
                rf"(?P<week>(?:本|这个?|上上个?|上一?个?)?){_WEEK_WORD}(?P<a>[一二三四五六日天1-7])(?![共起般直样定下类种大个项条均度报次趟回家天整])"
                rf"(?:{_TO}(?:本|这个?|上个?)?{_WEEK_WORD}?(?P<b>[一二三四五六日天1-7]))?"
            ),
            weeks.weekday,
        ),
        (rf"上(?P<a>[二两三四五六2-9])个?{_WEEK_WORD}(?![一二三四五六日天末])", weeks.weeks_before),
        (rf"((?:本|这一?个?|当|上上一?个?|上一?个?|前一个?)){_WEEK_WORD}", weeks.week),
        (
            r"昨今(?:两[天日])?",
            stretches.yesterday_and_today,
        ),
        (
            r"(今天|今日|今儿|今早|今晚|(?<![\0节庆午秋明一旦])当[天日]|昨天|昨日|昨儿|昨晚|昨夜|大前天|前天|前日|前晚)",
            days.named_day,
        ),
        (
            rf"(?:(?:最近|近|过去|(?<![\0节庆秋午明旦期假一])[前这])(?:的|这)?(?P<a>{NUM}|几|(?P<half>半))个?(?P<unit>天|日|周|礼拜|星期|月|季度|年))",
            days.rolling,
        ),
        (
            rf"(?P<a>{NUM}|(?P<half>半))个?(?P<unit>天|日|周|礼拜|星期|月|年)(?:以内|之内|内|来(?!了|的|多))",
            days.rolling,
        ),
        (
            rf"{_YEAR}(?:{_HOLIDAY})节?+的?(?:小长假|长假|假期|假日|放假|黄金周|期间|那?{NUM}天|那几天|当中|里)*+(?!之?前(?!{NUM}天))(?:(?P<after>(?:之|以|结束|收假)?后)(?:的?(?:头|前)?(?P<n>{NUM})个?(?P<unit>天|周|礼拜|星期))?|(?P<onday>当[天日]|那一?天))?",
            holidays.holiday,
        ),
        (
            rf"(?:长假|节假?日?|假期|收假|放假)(?:过|结束)?(?:之|以)?后(?!续)(?:的?(?:头|前)?(?P<n>{NUM})个?(?P<unit>天|周|礼拜|星期))?",
            holidays.after_holidays,
        ),
        (
            rf"(?:长假|节假?日|假期|放假)(?:的)?(?:期间|那?{NUM}天|那几天|当中|里)|(?:长假|假期)(?=受理|接|投诉|来了|办|超|各|多少|几)",
            holidays.latest_holidays,
        ),
        (
            r"(今年|去年|前年|本年度?|上年度?|年内|全年|年初|年头|开年|一年(?=下来|到头)|20\d\d年)度?(?:全年|一年|整年)?",
            days.whole_year,
        ),
    )
]


def find(text: str, now: Now) -> Iterator[tuple[int, int, Span]]:
    """Every stretch of time in `text`: where it begins, where it ends, which days it is; else NoSuchDays."""
    rest = _TO_COME.sub(lambda match: "\0" * len(match[0]), text)
    found = []
    for pattern, rule in _RULES:
        for match in pattern.finditer(rest):
            if span := _safely(rule, match, now):
                found.append((match.start(), match.end(), span.until_at_most(now.today)))
                rest = rest[: match.start()] + "\0" * len(match[0]) + rest[match.end() :]
    yield from sorted(found, key=lambda one: one[0])


def _safely(rule: Rule, match: re.Match[str], now: Now) -> Span | None:
    try:
        return rule(match, now)
    except (ValueError, OverflowError):  # 2月30号
        raise NoSuchDays from None
