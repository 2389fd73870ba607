"""The settings: from the environment and a `.env` file, each starting with WANGGE_."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableError

from domain.policy import Policy
from domain.quiet import BadHours, Hours, Quiet, hours


class SettingsError(Exception):
    """A setting that cannot be used; the text says which and why, in Chinese."""


def _zone(value: object) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError("没有这个时区") from None


def _quiet_hours(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return hours(value)
    except BadHours:
        raise ValueError(
            "应是“几点-几点”，几段用逗号隔开，不能占满一天，如 20:30-08:00,12:00-14:00"
        ) from None


def _dates(value: object) -> object:
    """`2026-06-07,2026-06-08` as days."""
    if not isinstance(value, str):
        return value
    try:
        return frozenset(date.fromisoformat(part) for part in re.split(r"[\s,，、;；]+", value) if part)
    except ValueError:
        raise ValueError("应是几个日期，用逗号隔开，如 2026-06-07,2026-06-08") from None


def _endpoint(value: str) -> str:
    """The address of a model without the "/" at its end; "" stays so."""
    value = value.strip().rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc):
        raise ValueError("应是 http:// 或 https:// 开头、不带用户名的地址，如 http://127.0.0.1:8000/v1")
    return value


def _host_and_port(value: str) -> str:
    """Where a gateway listens, as `127.0.0.1:8788`; "" stays so."""
    value = value.strip()
    host, _, port = value.rpartition(":")
    if value and (not host or "/" in value or not port.isdecimal()):
        raise ValueError("应是“地址:端口”，如 127.0.0.1:8788")
    return value


def _key(value: SecretStr | None) -> SecretStr | None:
    """A key that can stand in a header; its characters are never shown."""
    text = value.get_secret_value().strip() if value else ""
    if not (text.isascii() and text.isprintable()):
        raise ValueError("只能是英文字母、数字和符号")
    return SecretStr(text) if text else None


QuietHours = Annotated[Hours, NoDecode, BeforeValidator(_quiet_hours)]
Days = Annotated[frozenset[date], NoDecode, BeforeValidator(_dates)]


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A language model to ask: where, which, how long, about what (`docs/model-reader.md`)."""

    address: str
    name: str
    key: SecretStr | None = None
    seconds: float = 4.0
    everything: bool = False
    doubt: float = 0.6


class Settings(BaseSettings):
    """Everything that a maintainer may set; `config.example.env` says the same in Chinese."""

    model_config = SettingsConfigDict(
        env_prefix="WANGGE_", env_file=".env", extra="ignore", arbitrary_types_allowed=True
    )

    database: str = "sqlite:///wangge.db"
    media: Path = Path("wangge-media")
    http: str = "127.0.0.1:8310"
    http_names: list[str] = []
    http_key: SecretStr | None = None
    timezone: Annotated[ZoneInfo, BeforeValidator(_zone)] = ZoneInfo("Asia/Shanghai")
    bot_name: str = "网格管家"
    close_after_days: int = Field(default=3, ge=1)
    reopen_days: int = Field(default=7, ge=0)
    pace_seconds: float = Field(default=1.5, ge=0)
    send_attempts: int = Field(default=5, ge=1)
    upload_mebibytes: int = Field(default=20, ge=1)
    reader: Path | None = None
    late_minutes: float = Field(default=15, gt=0)
    quiet_hours: QuietHours = hours("20:30-08:00,12:00-14:00")
    officer_quiet_hours: QuietHours = hours("22:00-08:00")
    night_hours: QuietHours = hours("22:00-06:00")
    quiet_days: Days = frozenset()
    unasked_per_day: int = Field(default=1, ge=0)
    unasked_per_week: int = Field(default=3, ge=0)
    heated_people: int = Field(default=3, ge=1)
    heated_minutes: float = Field(default=10, gt=0)
    step_back_minutes: float = Field(default=60, ge=0)
    webhook: Annotated[str, AfterValidator(_endpoint)] = ""
    wechat_endpoint: Annotated[str, AfterValidator(_host_and_port)] = ""
    wechat_token: Annotated[SecretStr | None, AfterValidator(_key)] = None
    wechat_stop_on_wrong_token: bool = False
    wechat_per_minute: int = Field(default=20, ge=1)
    wechat_jitter_seconds: float = Field(default=2, ge=0)
    model_address: Annotated[str, AfterValidator(_endpoint)] = ""
    model_name: str = ""
    model_key: Annotated[SecretStr | None, AfterValidator(_key)] = None
    model_seconds: float = Field(default=4, gt=0, le=60)
    model_for: Literal["doubt", "all"] = "doubt"
    model_doubt: float = Field(default=0.6, ge=0, le=1)

    @property
    def policy(self) -> Policy:
        """What the rules take from the settings."""
        days = timedelta(days=1)
        late = timedelta(minutes=self.late_minutes)
        return Policy(self.timezone, self.close_after_days * days, self.reopen_days * days, late, self.quiet)

    @property
    def quiet(self) -> Quiet:
        """When the bot keeps quiet."""
        return Quiet(
            residents=self.quiet_hours,
            insiders=self.officer_quiet_hours,
            night=self.night_hours,
            days=self.quiet_days,
            per_day=self.unasked_per_day,
            per_week=self.unasked_per_week,
            heated=self.heated_people,
            within=timedelta(minutes=self.heated_minutes),
            back_after=timedelta(minutes=self.step_back_minutes),
        )

    @property
    def language_model(self) -> ModelSettings | None:
        """The language model to ask; None where none is configured."""
        if not self.model_address or not self.model_name.strip():
            return None
        return ModelSettings(
            self.model_address,
            self.model_name.strip(),
            self.model_key,
            self.model_seconds,
            everything=self.model_for == "all",
            doubt=self.model_doubt,
        )

    @property
    def pace(self) -> timedelta:
        """The least time between two lines to one recipient."""
        return timedelta(seconds=self.pace_seconds)

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of the pages."""
        host, _, port = self.http.rpartition(":")
        if not host or not port.isdecimal():
            raise SettingsError(f"WANGGE_HTTP 应是“地址:端口”，现在是“{self.http}”")
        return host.strip("[]"), int(port)


def load(**changes: object) -> Settings:
    """The settings, with `changes` on top. Raises SettingsError naming each one that cannot be used."""
    try:
        return Settings(**changes)  # type: ignore[arg-type]  # pydantic checks the values
    except ValidationError as error:
        wrong = [f"WANGGE_{str(e['loc'][0]).upper()}：{e['msg']}" for e in error.errors()]
        raise SettingsError("设置有误：" + "；".join(wrong)) from None
    except UnreadableError as error:
        raise SettingsError(f"设置有误：{error}") from None
