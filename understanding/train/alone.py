"""Labelled lines that stand alone: what a message with nothing around it teaches about new tickets.

The models that look at a line have not learned from it: each part of the chats goes with a part of the lines.
"""

from dataclasses import replace

from domain.category import categories
from understanding.lines import said
from understanding.reading import Surroundings
from understanding.scene.context import Scene
from understanding.train.corpus import Example
from understanding.train.lessons import Lines

REPORTS = 2
"""One report in so many is a lesson: the labelled lines have far more of them than a group has."""


def part_of(lines: Lines, at: int, parts: int) -> list[Example]:
    """The lines of one part; those that stand in a scene, which weigh less, are none of them."""
    return [example for example in lines.topic if example.weight >= 1.0][at::parts]


def rest_of(lines: Lines, part: list[Example]) -> Lines:
    """Everything else, for the models of words."""
    gone = {example.text for example in part}
    return replace(
        lines,
        topic=_without(lines.topic, gone),
        kind=_without(lines.kind, gone),
        resident=_without(lines.resident, gone),
    )


def _without(examples: list[Example], texts: set[str]) -> list[Example]:
    return [example for example in examples if example.text not in texts]


def scenes(part: list[Example]) -> list[tuple[Scene, bool]]:
    """Each line as a message with nothing around it, and whether it opens a ticket."""
    reports = [example.text for example in part if example.label in categories()][::REPORTS]
    others = [example.text for example in part if example.label not in categories()]
    found = [(text, True) for text in reports] + [(text, False) for text in others]
    return [(Scene(said({"text": text}), Surroundings()), opens) for text, opens in found]
