"""The pages that an evaluation writes: tables in Markdown, put between markers that stay."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from evaluation.figures import NONE, Figures, Judged, bands, calibration_error

LIMITS = """\
Honest limits:

- All chats and messages are invented, by few hands; none is a real group's. The intervals show how the
  figures vary over chats like these, not over the world.
- `dev` was written by other people than the reader, `more` for this project together with it: trust `dev`.
- Thresholds of the reader were partly set by looking at the sums over `dev`; weights never saw what they are
  tested on. The mistakes on the chats in `evaluation/transcripts/read.txt` (16 of them of `dev`) were read
  when the reader was mended in November 2026: the columns "never read" leave them out.
- Every other line of `queries/officer_replies.jsonl`, from the first, was read then, too.
- A question about a rule that a law card answers (`docs/law.md`) counts as answered chatter: by the labels it
  is.
- Officers' replies and false alarms are read by the packaged model, which has seen none of either.
- Parts are switched off without training again, so they look a little dearer than they are."""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; the columns but the first are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def shown(name: str, value: float) -> str:
    """A figure as it is written: shares with three places, rates a thousand with one."""
    return f"{value:.1f}" if "per_1000" in name else f"{value:.3f}"


def main_table(columns: Mapping[str, tuple[Figures, Mapping[str, tuple[float, float]]]]) -> str:
    """Every figure of `score.py`, with the interval, for each set of chats."""
    names = next(iter(columns.values()))[0]
    rows = [
        [
            name,
            *(
                f"{shown(name, figures[name])} ({shown(name, span[name][0])}–{shown(name, span[name][1])})"
                for figures, span in columns.values()
            ),
        ]
        for name in names
    ]
    return table(["figure (95 %)", *columns], rows)


def systems_table(systems: Mapping[str, Figures]) -> str:
    """The figures of several systems on the same chats."""
    names = next(iter(systems.values()))
    rows = [[name, *(shown(name, figures[name]) for figures in systems.values())] for name in names]
    return table(["figure", *systems], rows)


def parts_table(whole: Figures, parts: Mapping[str, Figures | None], names: Sequence[str]) -> str:
    """What is left with each part switched off; None where the reader does not have it."""
    rows: list[list[str]] = [["whole reader", *(shown(name, whole[name]) for name in names)]]
    for says, figures in parts.items():
        cells = [
            f"{shown(name, figures[name])} ({figures[name] - whole[name]:+.3f})" if figures else "–"
            for name in names
        ]
        rows.append([says, *cells])
    return table(["switched off", *names], rows)


def category_table(confusions: Counter[tuple[str, str]]) -> str:
    """Per category: how many there were, how many were found as it, and what it was taken for."""
    labels = sorted({label for pair in confusions for label in pair} - {NONE})
    rows = []
    for label in labels:
        gold = sum(n for (want, _), n in confusions.items() if want == label)
        said = sum(n for (_, have), n in confusions.items() if have == label)
        right = confusions[label, label]
        wrong = {have: n for (want, have), n in confusions.items() if want == label and have != label}
        taken = "，".join(f"{have} {n}" for have, n in sorted(wrong.items(), key=lambda i: (-i[1], i[0])))
        f1 = 2 * right / (gold + said) if gold + said else 1.0
        rows.append([label, gold, said, right, confusions[NONE, label], f"{f1:.2f}", taken or "–"])
    head = ["category", "labelled", "opened", "right", "opened for nothing", "F1", "instead"]
    return table(head, rows)


def reliability_table(judged: Mapping[str, Judged]) -> str:
    """How often each band of confidence was right."""
    tables = {kind: {round(b.low, 1): b for b in bands(of)} for kind, of in judged.items()}
    rows = []
    for low in sorted({low for bands_of in tables.values() for low in bands_of}):
        cells = [tables[kind].get(low) for kind in judged]
        told = [f"{b.sure:.2f} → {b.right:.2f} ({b.count})" if b else "–" for b in cells]
        rows.append([f"{low:.1f}–{low + 0.1:.1f}", *told])
    errors = [f"{calibration_error(of):.3f}" for of in judged.values()]
    return table(["sure", *judged], [*rows, ["ECE", *errors]])


def put(page: Path, name: str, text: str, title: str) -> None:
    """Write the text between this page's markers; a page or markers that are missing are made."""
    begin, end = f"<!-- {name}: written by ./dev evaluate -->", f"<!-- /{name} -->"
    old = page.read_text(encoding="utf-8") if page.exists() else f"# {title}\n"
    if begin not in old or end not in old:
        old = f"{old.rstrip()}\n\n{begin}\n{end}\n"
    head, rest = old.split(begin, 1)
    _, tail = rest.split(end, 1)
    page.write_text(f"{head}{begin}\n\n{text.strip()}\n\n{end}{tail}", encoding="utf-8")
