"""The examples of each classifier."""

import random
from dataclasses import dataclass, field, replace

from domain.category import categories
from domain.people import Role
from understanding.language.hazards import signs
from understanding.language.linear import Linear
from understanding.language.model import Models
from understanding.lines import said, surroundings
from understanding.scene.context import Scene, describe, manner, standing
from understanding.scene.view import about
from understanding.train.corpus import (
    Example,
    Odds,
    Row,
    intent_label,
    is_action,
    is_small_talk,
    role_of,
    texts_of,
)

SURE = 0.5
"""A report in the lines before, whose category nobody named, is taken for this one where it is this sure."""
SAME_SPEAKER = 0.3
"""How often a line without a scene, put into one, is said by somebody who speaks in it."""


def topic_examples(rows: list[Row]) -> list[Example]:
    """What a text is about, by itself."""
    alone = [Example(r["text"], r["label"], {}) for r in rows if not is_action(r) and "before" not in r]
    return alone + [
        Example(r["text"], r["label"], {}, 0.5) for r in rows if r["label"] == "chatter" and "before" in r
    ]


def kind_examples(rows: list[Row], topic: Linear) -> list[Example]:
    """Which category a line fits: reports, and lines about a ticket whose category is known."""
    found = [Example(r["text"], r["label"], {}) for r in rows if r["label"] in categories()]
    for row in filter(is_action, rows):
        if category := _category_before(row, topic):
            found.append(Example(row["text"], category, {}, 0.7))
            found += [Example(text, category, {}, 0.3) for text in texts_of(row["before"], "resident")]
    return found


def _category_before(row: Row, topic: Linear) -> str | None:
    """The category that the bot named in the lines before, or else that of the last report there."""
    for text in reversed(texts_of(row["before"], "bot")):
        for part in text.replace("。", "，").split("，"):
            if part in categories():
                return part
    reports = texts_of(row["before"], "resident")
    odds = {k: p for k, p in topic.probabilities(reports[-1] if reports else "").items() if k in categories()}
    best = max(odds, key=odds.__getitem__)
    return best if odds[best] >= SURE else None


def officer_examples(rows: list[Row]) -> list[Example]:
    """What an officer's line did; chatter of residents stands in for the chatter that officers write."""
    done = [
        Example(r["text"], r["label"].removeprefix("officer:"), manner(said(r)))
        for r in rows
        if role_of(r) is Role.OFFICER
    ]
    talk = [r for r in rows if role_of(r) is not Role.OFFICER and is_small_talk(r)]
    return done + [Example(r["text"], "chatter", manner(said(r)), 0.3) for r in talk]


def act_examples(rows: list[Row], models: Models) -> list[Example]:
    """What a resident does to the ticket that was talked about last (to his own, if he has one)."""
    found = []
    for row in rows:
        if row["label"].startswith("resident:"):
            scene = Scene(said(row), surroundings(row["before"], models))
            target = (scene.own or list(scene.around.tickets))[-1:]
            facts = standing(scene, target[0]) if target else manner(scene.message)
            found.append(Example(row["text"], row["label"].removeprefix("resident:"), facts))
    return found


def urgent_examples(rows: list[Row]) -> list[Example]:
    """Whether life is in danger."""
    return [
        Example(r["text"], "urgent" if r["urgent"] else "calm", signs(r["text"]), 3.0 if r["urgent"] else 1.0)
        for r in rows
        if intent_label(r["label"]) in ("report", "referral")
    ]


@dataclass
class Stage:
    """Puts lines into scenes, so that what comes before a line tells nothing by its mere presence.

    `unseen` is what the topic model says of a text it did not learn from.
    """

    rows: list[Row]
    models: Models
    unseen: dict[str, Odds]
    shuffler: random.Random
    scenes: list[list[Row]] = field(init=False)
    small_talk: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.scenes = [r["before"] for r in self.rows if r.get("before") and role_of(r) is not Role.OFFICER]
        self.small_talk = [r["text"] for r in self.rows if is_small_talk(r)]

    def resident_examples(self) -> list[Example]:
        """What a resident wants: each line in its scene, and lines without one in those of others."""
        found = []
        for row in self.rows:
            if role_of(row) is not Role.OFFICER:
                found += self._in_own_scene(row) if row.get("before") else self._in_scenes_of_others(row)
        return found

    def _in_own_scene(self, row: Row) -> list[Example]:
        found = [self._example(row, row["before"], 0.6), self._example(row, self._later(row["before"]), 0.4)]
        if intent_label(row["label"]) not in ("support", "chatter"):
            found.append(self._example(row, row["before"], 0.4, silence=True))
        return found

    def _in_scenes_of_others(self, row: Row) -> list[Example]:
        found = [self._example(row, [], 0.5)]
        for silence in (False, True):
            before = self.shuffler.choice(self.scenes)
            speakers = [line["from"] for line in before if line["role"] == "resident"]
            known = bool(speakers) and self.shuffler.random() < SAME_SPEAKER
            who = self.shuffler.choice(speakers) if known else "路过"
            found.append(self._example(row | {"from": who}, before, 0.4, silence=silence))
        return found

    def _later(self, before: list[Row]) -> list[Row]:
        """The same lines before, with small talk of others since."""
        talk = self.shuffler.sample(self.small_talk, self.shuffler.randint(1, 4))
        since = [{"from": f"路人{at}", "role": "resident", "text": text} for at, text in enumerate(talk)]
        return before + since

    def _example(self, row: Row, before: list[Row], weight: float, *, silence: bool = False) -> Example:
        around = surroundings(before, self.models)
        scene = Scene(said(row), replace(around, recent=()) if silence else around)
        odds = self.unseen.get(row["text"]) or self.models.topic.probabilities(row["text"])
        return Example(row["text"], intent_label(row["label"]), describe(scene) | about(odds), weight)
