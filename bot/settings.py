"""The settings: from the environment and a `.env` file, each starting with WANGGE_."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import structlog
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableError

from bot import law_file
from bot.limits_file import time_limits
from bot.setting_types import (
    Days,
    Endpoint,
    File,
    HostAndPort,
    Key,
    LongKey,
    Names,
    QuietHours,
    Shares,
    Shifts,
    Site,
    Socket,
    TimeOrNever,
    Zone,
    complaint,
)
from bot.table_file import SettingsError
from bot.working_days import holiday, office, working_days
from domain.ids import GroupId
from domain.paper import Reporting
from domain.policy import Policy
from domain.quiet import Quiet, hours
from domain.week import Weekly

__all__ = ["ModelSettings", "Settings", "SettingsError", "load"]

log = structlog.get_logger()


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
    http_names: Names = []
    http_key: SecretStr | None = None
    http_proxies: Names = ["127.0.0.1", "::1"]
    pages_url: Site = ""
    open311_keys: list[LongKey] = []
    open311_public: bool = False
    login_minutes: float = Field(default=10, ge=1, le=60)
    logins_per_hour: int = Field(default=5, ge=1)
    login_tries_per_hour: int = Field(default=30, ge=1)
    session_idle_minutes: float = Field(default=120, ge=1)
    session_hours: float = Field(default=12, gt=0)
    session_calls_per_minute: int = Field(default=120, ge=10)
    address_calls_per_minute: int = Field(default=600, ge=10)
    reveal_reason: int = Field(default=4, ge=1, le=100)
    timezone: Zone = ZoneInfo("Asia/Shanghai")
    office_hours: Shifts = ((time(8), time(12)), (time(14), time(18)))
    days: File = None
    limits: File = None
    bot_name: str = "网格管家"
    close_after_days: int = Field(default=3, ge=1)
    reopen_days: int = Field(default=7, ge=0)
    remind_at: Shares = (0.5, 0.8, 1, 2)
    rework_share: float = Field(default=0.5, gt=0, le=1)
    extensions: int = Field(default=2, ge=0)
    extensions_free: int = Field(default=1, ge=0)
    suspension_days: int = Field(default=365, ge=1, le=365)
    place_hours: float = Field(default=24, gt=0)
    week_invite_at: time = time(9)
    week_card_at: time = time(9, 30)
    week_remind_at: time = time(16)
    week_make_up_days: int = Field(default=2, ge=1, le=5)
    week_make_up_until: time = time(18)
    week_summary_at: time = time(9)
    week_exempt_days: int = Field(default=2, ge=0, le=6)
    week_own_line: int = Field(default=2, ge=2)
    week_talk_row: int = Field(default=4, ge=2)
    week_talk_quarter: int = Field(default=4, ge=2)
    week_free_ahead: int = Field(default=4, ge=0)
    law_card_day: int = Field(default=0, ge=0, le=7)
    law_card_at: time = time(10)
    wish_hours: float = Field(default=2, ge=0)
    photo_minutes: float = Field(default=10, ge=0)
    own_actions_most: int = Field(default=100, ge=1)
    few_cases: int = Field(default=10, ge=1)
    supervisor_groups: Names = []
    group_totals: bool = False
    oversight: str = "12345，纪检监察12388"
    report_daily_at: TimeOrNever = time(17, 30)
    report_weekly_at: TimeOrNever = time(9)
    report_monthly_at: TimeOrNever = time(9)
    report_monthly_day: int = Field(default=3, ge=1, le=15)
    report_templates: File = None
    bureau: str = ""
    responsible_unit: str = "{street}城管中队"
    spot_cases: int = Field(default=3, ge=2)
    spot_days: int = Field(default=30, ge=1)
    follow_up_minutes: float = Field(default=30, ge=0)
    chart_bars: int = Field(default=15, ge=3, le=30)
    pace_seconds: float = Field(default=1.5, ge=0)
    send_attempts: int = Field(default=5, ge=1)
    upload_mebibytes: int = Field(default=20, ge=1)
    reader: Path | None = None
    late_minutes: float = Field(default=15, gt=0)
    law_cards: Path = Path("wangge-law.csv")
    quiet_hours: QuietHours = hours("20:30-08:00,12:00-14:00")
    officer_quiet_hours: QuietHours = hours("22:00-08:00")
    night_hours: QuietHours = hours("22:00-06:00")
    quiet_days: Days = frozenset()
    unasked_per_day: int = Field(default=1, ge=0)
    unasked_per_week: int = Field(default=3, ge=0)
    heated_people: int = Field(default=3, ge=1)
    heated_minutes: float = Field(default=10, gt=0)
    step_back_minutes: float = Field(default=60, ge=0)
    webhook: Endpoint = ""
    wechat_endpoint: HostAndPort = ""
    wechat_token: Key = None
    wechat_stop_on_wrong_token: bool = False
    wechat_per_minute: int = Field(default=20, ge=1)
    wechat_jitter_seconds: float = Field(default=2, ge=0)
    wecom_bot_id: str = ""
    wecom_secret: Key = None
    wecom_address: Socket = "wss://openws.work.weixin.qq.com"
    model_address: Endpoint = ""
    model_name: str = ""
    model_key: Key = None
    model_seconds: float = Field(default=4, gt=0, le=60)
    model_for: Literal["doubt", "all"] = "doubt"
    model_doubt: float = Field(default=0.6, ge=0, le=1)

    @cached_property
    def policy(self) -> Policy:
        """What the rules take from the settings, and from the files that they name."""
        days = timedelta(days=1)
        late = timedelta(minutes=self.late_minutes)
        working = office(self, working_days(self))
        return Policy(
            zone=self.timezone,
            close_after=self.close_after_days * days,
            reopen=self.reopen_days * days,
            late=late,
            law=law_file.in_use(self.law_cards).cards,
            office=working,
            limits=time_limits(self.limits, log.warning),
            reminders=tuple(Fraction(share).limit_denominator(1000) for share in self.remind_at),
            rework_share=Fraction(self.rework_share).limit_denominator(1000),
            extensions=self.extensions,
            extensions_free=self.extensions_free,
            suspension=self.suspension_days * days,
            place_after=timedelta(hours=self.place_hours),
            quiet=self._quiet(working.works_on),
            weekly=self.weekly,
            few_cases=self.few_cases,
            follow_up=timedelta(minutes=self.follow_up_minutes),
            chart_bars=self.chart_bars,
            holidays=holiday,
            reporting=self.reporting,
            link=timedelta(minutes=self.login_minutes),
            links=self.logins_per_hour,
            supervisor_groups=frozenset(map(GroupId, self.supervisor_groups)),
            group_totals=self.group_totals,
            oversight=self.oversight,
        )

    def _quiet(self, works_on: Callable[[date], bool]) -> Quiet:
        """When the bot keeps quiet."""
        return Quiet(
            residents=self.quiet_hours,
            insiders=self.officer_quiet_hours,
            night=self.night_hours,
            days=self.quiet_days,
            works_on=works_on,
            per_day=self.unasked_per_day,
            per_week=self.unasked_per_week,
            heated=self.heated_people,
            within=timedelta(minutes=self.heated_minutes),
            back_after=timedelta(minutes=self.step_back_minutes),
        )

    @property
    def weekly(self) -> Weekly:
        """What is when in a week, and what counts as missed."""
        return Weekly(
            invite_at=self.week_invite_at,
            card_at=self.week_card_at,
            remind_at=self.week_remind_at,
            make_up_days=self.week_make_up_days,
            make_up_until=self.week_make_up_until,
            summary_at=self.week_summary_at,
            exempt_days=self.week_exempt_days,
            own_line=self.week_own_line,
            talk_row=self.week_talk_row,
            talk_quarter=self.week_talk_quarter,
            free_ahead=self.week_free_ahead,
            law_day=self.law_card_day,
            law_at=self.law_card_at,
            gather=timedelta(hours=self.wish_hours),
            photo=timedelta(minutes=self.photo_minutes),
            most_at_once=self.own_actions_most,
        )

    @property
    def reporting(self) -> Reporting:
        """Which reports supervisors get when, and what stands in them."""
        return Reporting(
            daily_at=self.report_daily_at,
            weekly_at=self.report_weekly_at,
            monthly_at=self.report_monthly_at,
            monthly_day=self.report_monthly_day,
            bureau=self.bureau.strip(),
            unit=self.responsible_unit,
            spot_cases=self.spot_cases,
            spot_days=self.spot_days,
            folder=self.report_templates,
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
    def open311(self) -> bool:
        """Whether others' programs may read."""
        return self.open311_public or bool(self.open311_keys)

    @property
    def pages(self) -> str:
        """The address under which people open the pages, without a "/" at its end."""
        return self.pages_url or f"http://{self.http}"

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
        wrong = [
            f"WANGGE_{str(e['loc'][0]).upper()}：{complaint(e['type'], e['msg'], e.get('ctx', {}))}"
            for e in error.errors()
        ]
        raise SettingsError("设置有误：" + "；".join(wrong)) from None
    except UnreadableError as error:
        raise SettingsError(f"设置有误：{error}") from None
