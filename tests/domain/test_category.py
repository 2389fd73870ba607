"""The list of categories and their time limits."""

import pytest

from domain.category import TimeLimits, categories, version
from domain.limit import Limit, Limits

OWN = Limits(Limit.parse("1工作时"), Limit.parse("3工作日"))


@pytest.mark.parametrize(
    ("category", "ongoing", "arrive", "resolve"),
    [
        ("违章搭建", False, "3工作日", "15工作日"),
        ("违章搭建", True, "1紧急工作日", "2紧急工作日"),
        ("油烟污染", False, "1工作日", "5工作日"),
        ("油烟污染", True, "1工作日", "5工作日"),
        ("毁绿占绿", False, "2工作时", "5工作日"),
        ("店外经营", False, "1紧急工作时", "2紧急工作时"),
    ],
)
def test_the_limits_of_a_category(category: str, ongoing: bool, arrive: str, resolve: str) -> None:
    limits = TimeLimits().limits(category, ongoing=ongoing)
    assert (str(limits.arrive), str(limits.resolve)) == (arrive, resolve)


def test_every_category_has_limits_in_order() -> None:
    for category in categories().values():
        for limits in (Limits(category.arrive, category.resolve), category.ongoing):
            if limits and limits.arrive.unit is limits.resolve.unit:
                assert limits.arrive.number < limits.resolve.number, category.name


def test_a_bureaus_own_limits_stand_before_the_defaults() -> None:
    own = TimeLimits({("店外经营", False): OWN, ("违章搭建", True): OWN}, "qyp-1")
    assert own.limits("店外经营") == OWN
    assert own.limits("违章搭建", ongoing=True) == OWN
    assert own.limits("违章搭建") == TimeLimits().limits("违章搭建")
    assert own.limits("占道经营") == TimeLimits().limits("占道经营")
    assert own.limits("店外经营", ongoing=True) == OWN
    standing = TimeLimits({("违章搭建", False): OWN})
    assert standing.limits("违章搭建", ongoing=True) == TimeLimits().limits("违章搭建", ongoing=True)


def test_tickets_can_keep_which_limits_they_were_given() -> None:
    assert TimeLimits().version == version()
    assert TimeLimits({}, "qyp-1").version == f"{version()}+qyp-1"
