"""A setting that cannot be used is named, with what it should be, in Chinese."""

import pytest

from bot.settings import SettingsError, load


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("REPORT_DAILY_AT", "25:00", "应是“几点:几分”，如 17:30"),
        ("REPORT_MONTHLY_DAY", "0", "不能小于 1"),
        ("REPORT_MONTHLY_DAY", "40", "不能大于 15"),
        ("CHART_BARS", "x", "应是整数"),
        ("FOLLOW_UP_MINUTES", "abc", "应是数字"),
        ("OPEN311_PUBLIC", "maybe", "应是 true 或 false"),
        ("MODEL_FOR", "sometimes", "只能是 'doubt' 或 'all'"),
        ("TIMEZONE", "Mars", "没有这个时区"),
    ],
)
def test_a_wrong_setting_is_named_in_chinese(
    name: str, value: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"WANGGE_{name}", value)
    with pytest.raises(SettingsError) as error:
        load(_env_file=None)
    assert str(error.value) == f"设置有误：WANGGE_{name}：{wrong}"
