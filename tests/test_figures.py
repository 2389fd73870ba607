"""The whole bot on the labelled chats, held against the labels: a guard against breaking something.

The shipped model has learnt from these chats; what it does on chats that it has not seen stands in
`docs/understanding.md`, from `./dev evaluate`.
"""

import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
LEAST = ("ticket_f1=0.75", "action_f1=0.45", "chatter_answered_per_1000=15")


@pytest.mark.timeout(600)
def test_figures(tmp_path: Path) -> None:
    chats = TOP / "evaluation" / "transcripts" / "dev"
    replay = [str(Path(sys.executable).with_name("wangge")), "replay", str(chats), "--out", str(tmp_path)]
    subprocess.run(replay, check=True, cwd=tmp_path, capture_output=True)
    score = [
        sys.executable,
        str(TOP / "evaluation" / "score.py"),
        str(chats),
        str(tmp_path),
        *(part for least in LEAST for part in ("--min", least)),
    ]
    held = subprocess.run(score, check=False, capture_output=True, text=True)
    assert held.returncode == 0, held.stdout
