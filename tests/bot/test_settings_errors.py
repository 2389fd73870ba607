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
        ("REMIND_AT", "0.5", "应是四个数，从小到大，如 [0.5, 0.8, 1, 2]"),
        ("REMIND_AT", "[0.5, 2]", "应是四个数，从小到大，如 [0.5, 0.8, 1, 2]"),
        ("REMIND_AT", "一半", "应是四个数，从小到大，如 [0.5, 0.8, 1, 2]"),
        ("REMIND_AT", "1,0.8,2,3", "应从小到大，如 [0.5, 0.8, 1, 2]"),
    ],
)
def test_a_wrong_setting_is_named_in_chinese(
    name: str, value: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"WANGGE_{name}", value)
    with pytest.raises(SettingsError) as error:
        load(_env_file=None)
    assert str(error.value) == f"设置有误：WANGGE_{name}：{wrong}"


@pytest.mark.parametrize("value", ["20001@chatroom,20002@chatroom", '["20001@chatroom", "20002@chatroom"]'])
def test_a_list_is_written_with_commas_or_as_json(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANGGE_SUPERVISOR_GROUPS", value)
    monkeypatch.setenv("WANGGE_REMIND_AT", "0.4,0.8,1,3")
    settings = load(_env_file=None)
    assert settings.supervisor_groups == ["20001@chatroom", "20002@chatroom"]
    assert settings.remind_at == (0.4, 0.8, 1, 3)
