"""What an officer says to the bot alone, on a day that the tests know: Thursday, 14 May 2026."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.ids import MemberId
from domain.people import Role
from understanding.reading import Said

THURSDAY = date(2026, 5, 14)


def told(text: str, on: date = THURSDAY) -> Said:
    at = datetime.combine(on, time(16, 30), ZoneInfo("Asia/Shanghai"))
    return Said(text, MemberId("o1"), "魏东", Role.OFFICER, at, to_bot=True, private=True)
