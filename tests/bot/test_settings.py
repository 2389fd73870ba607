"""The example file, the settings and their defaults say the same."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load

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
