"""What is said in a simulated year: by whom, when, and what it means."""

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.action import Action
from tests.year.office import DAY, local
from tests.year.people import District

LIMITS = {
    "店外经营": (1, 2, "紧急工作时"),
    "生活噪声": (1, 2, "紧急工作时"),
    "暴露垃圾": (2, 4, "工作时"),
    "非机动车乱停放": (1, 2, "工作时"),
    "乱堆物料": (4, 8, "1工作日"),
    "垃圾分类": (8, 16, "2工作日"),
    "油烟污染": (8, 40, "5工作日"),
}
"""How many hours to accept and to settle, and how the second is written."""


@dataclass(frozen=True)
class Event:
    """Somebody says something. `no` in the words stands for the number of the ticket `about`."""

    at: datetime
    key: str
    who: str
    group: str | None
    text: str
    about: str = ""
    action: Action | None = None
    category: str = ""
    location: str = ""
    urgent: bool = False
    until: date | None = None
    read: bool = False
    """Whether it is read by the reader; else it means what stands here."""


@dataclass
class Script:
    """Everything that is said, in order."""

    district: District
    first: date
    weeks: int
    events: list[Event] = field(default_factory=list)

    @property
    def begins(self) -> datetime:
        """The program starts on the evening before."""
        return local(self.first - DAY, "20:00")

    @property
    def ends(self) -> datetime:
        """The end of its last day."""
        return local(self.first + 7 * self.weeks * DAY)
