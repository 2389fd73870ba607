"""The example file, the settings and their defaults say the same."""

import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.settings import ModelSettings, Settings, SettingsError, load
from domain.week import Weekly

EXAMPLE = Path(__file__).parents[2] / "config.example.env"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_example_names_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = dict(re.findall(r"^# WANGGE_(\w+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert {name.lower() for name in shown} == set(Settings.model_fields)
    for name, value in shown.items():
        if value:
            monkeypatch.setenv(f"WANGGE_{name}", value)
    assert load() == Settings(_env_file=None)


def test_a_dotenv_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("WANGGE_REOPEN_DAYS=2\nOTHER=1\n", encoding="utf-8")
    assert load().reopen_days == 2


@pytest.mark.parametrize(
    ("name", "value"), [("CLOSE_AFTER_DAYS", "soon"), ("CLOSE_AFTER_DAYS", "0"), ("TIMEZONE", "Mars/North")]
)
def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"WANGGE_{name}", value)
    with pytest.raises(SettingsError, match=f"WANGGE_{name}"):
        load()


@pytest.mark.parametrize("http", ["8310", "127.0.0.1", "127.0.0.1:web", ":1"])
def test_an_address_is_a_host_and_a_port(http: str) -> None:
    with pytest.raises(SettingsError, match="WANGGE_HTTP"):
        _ = Settings(_env_file=None, http=http).address


def test_addresses_of_both_kinds() -> None:
    assert Settings(_env_file=None, http="[::1]:8310").address == ("::1", 8310)
    assert Settings(_env_file=None, http="10.0.0.7:80").address == ("10.0.0.7", 80)


def test_no_model_unless_address_and_name_are_set() -> None:
    assert Settings(_env_file=None).language_model is None
    assert Settings(_env_file=None, model_address="http://127.0.0.1:8000/v1").language_model is None
    assert Settings(_env_file=None, model_name="qwen").language_model is None
    set_up = Settings(_env_file=None, model_address="http://127.0.0.1:8000/v1/", model_name="qwen")
    assert set_up.language_model == ModelSettings("http://127.0.0.1:8000/v1", "qwen")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODEL_ADDRESS", "127.0.0.1:8000"),
        ("MODEL_ADDRESS", "ftp://127.0.0.1/v1"),
        ("MODEL_ADDRESS", "http://me:secret@127.0.0.1/v1"),
        ("MODEL_KEY", "密钥"),
        ("MODEL_SECONDS", "0"),
        ("MODEL_FOR", "some"),
        ("MODEL_DOUBT", "1.5"),
    ],
)
def test_a_model_that_cannot_be_asked_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"WANGGE_{name}", value)
    with pytest.raises(SettingsError, match=f"WANGGE_{name}") as raised:
        load()
    assert "secret" not in str(raised.value)
    assert "密钥" not in str(raised.value)


def test_the_key_is_never_shown() -> None:
    settings = Settings(_env_file=None, model_address="http://a/v1", model_name="m", model_key="sk-1")
    assert "sk-1" not in repr(settings)
    assert "sk-1" not in repr(settings.language_model)


@pytest.mark.parametrize("endpoint", ["8788", "gateway", "http://127.0.0.1:8788", "127.0.0.1:port"])
def test_a_gateway_is_a_host_and_a_port(monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    monkeypatch.setenv("WANGGE_WECHAT_ENDPOINT", endpoint)
    with pytest.raises(SettingsError, match="WANGGE_WECHAT_ENDPOINT"):
        load()


def test_what_came_late_is_counted_in_minutes() -> None:
    assert Settings(_env_file=None, late_minutes=5).policy.late.total_seconds() == 300
    assert Settings(_env_file=None).policy.late.total_seconds() == 900


@pytest.mark.parametrize(
    "address", ["", "openws.example", "https://openws.example", "ws://10.0.0.7:1", "wss://a@b"]
)
def test_a_secret_travels_over_tls_or_stays_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("WANGGE_WECOM_ADDRESS", address)
    with pytest.raises(SettingsError, match="WANGGE_WECOM_ADDRESS"):
        load()


@pytest.mark.parametrize("address", ["wss://wecom.example.gov.cn/aibot", "ws://127.0.0.1:8080"])
def test_an_enterprises_own_wecom_is_possible(address: str) -> None:
    assert Settings(_env_file=None, wecom_address=address).wecom_address == address


def test_the_secret_of_wecom_is_never_shown() -> None:
    assert "of-wecom" not in repr(Settings(_env_file=None, wecom_secret="of-wecom"))


@pytest.mark.parametrize(
    ("written", "shifts"),
    [
        ("09:00-17:30", ((time(9), time(17, 30)),)),
        ("8:30-12:00， 13:30～17:30", ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))),
        ("18:00-24:00", ((time(18), time(0)),)),
    ],
)
def test_office_hours_as_they_are_written(
    monkeypatch: pytest.MonkeyPatch, written: str, shifts: tuple[tuple[time, time], ...]
) -> None:
    monkeypatch.setenv("WANGGE_OFFICE_HOURS", written)
    assert load().office_hours == shifts


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "几点-几点"),
        ("8-12", "几点-几点"),
        ("08:00-12:00,下午", "几点-几点"),
        ("08:00-24:30", "几点-几点"),
        ("12:00-08:00", "从早到晚"),
        ("14:00-18:00,08:00-12:00", "从早到晚"),
        ("08:00-13:00,12:00-18:00", "从早到晚"),
        ("22:00-06:00", "不跨半夜"),
    ],
)
def test_office_hours_that_cannot_be_are_named(
    monkeypatch: pytest.MonkeyPatch, written: str, why: str
) -> None:
    monkeypatch.setenv("WANGGE_OFFICE_HOURS", written)
    with pytest.raises(SettingsError, match=f"WANGGE_OFFICE_HOURS.*{why}"):
        load()


def test_no_file_of_days_or_limits_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANGGE_DAYS", "")
    assert (load().days, load().limits) == (None, None)
    monkeypatch.setenv("WANGGE_LIMITS", "limits.csv")
    assert load().limits == Path("limits.csv")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUIET_HOURS", "20:30"),
        ("QUIET_HOURS", "00:00-12:00,12:00-24:00"),
        ("OFFICER_QUIET_HOURS", "night"),
        ("QUIET_DAYS", "2026-06-31"),
        ("UNASKED_PER_DAY", "-1"),
    ],
)
def test_quiet_hours_and_days_that_cannot_be_used_are_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"WANGGE_{name}", value)
    with pytest.raises(SettingsError, match=f"WANGGE_{name}"):
        load()


def test_quiet_hours_and_days_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANGGE_QUIET_HOURS", "")
    monkeypatch.setenv("WANGGE_OFFICER_QUIET_HOURS", "23:00-07:00")
    monkeypatch.setenv("WANGGE_QUIET_DAYS", "2026-06-07，2026-06-08")
    quiet = load().policy.quiet
    assert (quiet.residents, quiet.insiders) == ((), ((time(23), time(7)),))
    assert quiet.days == {date(2026, 6, 7), date(2026, 6, 8)}
    assert not quiet.works_on(date(2026, 10, 1))


@pytest.mark.parametrize("shares", ["[0.5, 0.4, 1, 2]", "[0, 0.5, 1, 2]", "[0.5, 0.8, 1]"])
def test_reminders_come_one_after_the_other(monkeypatch: pytest.MonkeyPatch, shares: str) -> None:
    monkeypatch.setenv("WANGGE_REMIND_AT", shares)
    with pytest.raises(SettingsError, match="WANGGE_REMIND_AT"):
        load()


@pytest.mark.parametrize(
    ("shares", "found"),
    [("[0.5, 0.8, 1, 2]", ["1/2", "4/5", "1", "2"]), ("[0.25, 0.9, 1, 1.5]", ["1/4", "9/10", "1", "3/2"])],
)
def test_the_shares_of_the_ladder(monkeypatch: pytest.MonkeyPatch, shares: str, found: list[str]) -> None:
    monkeypatch.setenv("WANGGE_REMIND_AT", shares)
    assert [str(share) for share in load().policy.reminders] == found


@pytest.mark.parametrize(("days", "good"), [(365, True), (366, False), (30, True), (0, False)])
def test_a_suspension_lasts_a_year_at_most(monkeypatch: pytest.MonkeyPatch, days: int, good: bool) -> None:
    monkeypatch.setenv("WANGGE_SUSPENSION_DAYS", str(days))
    if good:
        assert load().policy.suspension.days == days
    else:
        with pytest.raises(SettingsError):
            load()


def test_the_week_is_the_bureaus(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().weekly == Weekly()
    monkeypatch.setenv("WANGGE_WEEK_INVITE_AT", "08:30")
    monkeypatch.setenv("WANGGE_WEEK_EXEMPT_DAYS", "1")
    monkeypatch.setenv("WANGGE_WISH_HOURS", "0.5")
    found = load().policy.weekly
    assert (found.invite_at, found.exempt_days, found.gather) == (time(8, 30), 1, timedelta(minutes=30))


@pytest.mark.parametrize(
    ("name", "value"), [("INVITE_AT", "nine"), ("EXEMPT_DAYS", "7"), ("MAKE_UP_DAYS", "0"), ("TALK_ROW", "1")]
)
def test_a_week_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"WANGGE_WEEK_{name}", value)
    with pytest.raises(SettingsError, match=f"WANGGE_WEEK_{name}"):
        load()


@pytest.mark.parametrize(
    "url", ["wangge.example.cn", "ftp://a", "https://u@a", "https://a/b", "https://a?b", "http://"]
)
def test_the_address_of_the_pages_is_that_of_a_site(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("WANGGE_PAGES_URL", url)
    with pytest.raises(SettingsError, match="WANGGE_PAGES_URL"):
        load()


def test_without_an_address_the_pages_are_where_the_program_listens() -> None:
    assert Settings(_env_file=None).pages == "http://127.0.0.1:8310"
    assert Settings(_env_file=None, http="[::1]:80").pages == "http://[::1]:80"
    assert Settings(_env_file=None, pages_url="https://w.cn/").pages == "https://w.cn"
