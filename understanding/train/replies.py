"""Officers' single lines beside their open tickets, as steps to learn from."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from domain.action import Action
from domain.ids import TicketNo
from understanding.read_line import heard
from understanding.scene.context import Scene
from understanding.train.corpus import Row
from understanding.train.replay import Step


@dataclass(frozen=True, slots=True)
class Replies:
    """The lines of one community, whose tickets recur from line to line."""

    name: str
    rows: list[Row]

    def steps(self) -> Iterator[Step]:
        """Every line in its scene, with what it did."""
        for row in self.rows:
            gold = row["gold"]
            acts = ((TicketNo(no), Action(gold["action"])) for no in gold["nos"]) if gold else ()
            yield Step(self.name, Scene(*heard(row)), (), None, tuple(acts), None, urgent=False)


def replies(folder: Path) -> list[Replies]:
    """All labelled lines in the folder, community by community."""
    rows = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [Replies(name, list(of)) for name, of in groupby(rows, key=lambda row: str(row["community"]))]
