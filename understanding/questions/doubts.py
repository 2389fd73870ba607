"""Why a question about figures gets none: whoever asked hears that, and no figure for something else."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """What stands in the way."""

    SEVERAL = "several"
    """A name that could be several people's or places'."""
    UNKNOWN = "unknown"
    """A place or a person whom the roster does not know."""
    NOT_KEPT = "not kept"
    """A figure that nobody keeps."""
    NO_DAYS = "no days"
    """A time of which nobody knows the days."""
    WHAT = "what"
    """What is to be counted is not said."""
    TWO = "two"
    """Two things at once, where one answer holds one."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why there is no figure; `word` is the one of the question that it is about."""

    why: Why
    word: str = ""


class Unclear(Exception):
    """A question that has no single answer."""

    def __init__(self, why: Why, word: str = "") -> None:
        super().__init__(why, word)
        self.doubt = Doubt(why, word)
