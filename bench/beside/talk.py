"""What a burst says: lines of the labelled corpus, in groups where everybody talks at once."""

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Message

CORPUS = Path(__file__).parents[2] / "evaluation" / "corpus"
START = datetime(2026, 5, 11, 10, tzinfo=UTC)
GROUPS = 4
PEOPLE = 40
REPORTS, REPLIES = 0.05, 0.05
"""How much of the burst is not chatter."""


def group(number: int) -> GroupId:
    """The chat group of a community."""
    return GroupId(f"{number}@chatroom")


@dataclass
class Words:
    """What people say, from the labelled corpus, each in the order of a fixed chance."""

    chance: random.Random
    chatter: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take them in."""
        for path in sorted(CORPUS.glob("*.jsonl")):
            for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
                self._sort(line["label"], line["text"])

    def _sort(self, label: str, text: str) -> None:
        if label == "chatter":
            self.chatter.append(text)
        elif label.startswith("officer:"):
            self.replies.append(text)
        elif ":" not in label:
            self.reports.append(text)

    def say(self, number: int) -> Message:
        """A message of the burst."""
        which, dice = number % GROUPS, self.chance.random()
        who, words = f"p{which}-{self.chance.randrange(PEOPLE)}", self.chatter
        if dice < REPORTS:
            words = self.reports
        elif dice < REPORTS + REPLIES:
            who, words = f"o{which}-1", self.replies
        at = START + timedelta(seconds=number)
        return heard(f"m{number}", which, who, at, self.chance.choice(words))


def heard(key: str, number: int, who: str, at: datetime, text: str) -> Message:
    """A message in a group."""
    return Message(MessageId(key), group(number), MemberId(who), f"名{who}", at, text=text)
