"""What was measured, and the pages that say so: `docs/`, the model's card, `evaluation/README.md`."""

import statistics
from collections import Counter
from dataclasses import dataclass

from evaluation.figures import Played, confusions, interval, judged, point
from evaluation.folds import CORPUS, HERE, chats, read_for_mending
from evaluation.report import (
    LIMITS,
    category_table,
    main_table,
    parts_table,
    put,
    reliability_table,
    shown,
    systems_table,
    table,
)
from evaluation.score import read_jsonl
from evaluation.singles import Share

PAGE = HERE.parent / "docs" / "understanding.md"
README = HERE / "README.md"
CARD = HERE.parent / "docs" / "model-card.md"
CARD_FIGURES = (
    "ticket_f1", "category_accuracy", "location_accuracy", "whole_ticket_f1", "urgent_f1", "action_f1",
    "referral_f1", "chatter_answered_per_1000",
)  # fmt: skip
PART_FIGURES = ("ticket_f1", "whole_ticket_f1", "action_f1", "referral_f1", "urgent_f1")


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that one evaluation found. `whole` is the reader on the chats that `parts` were tried on."""

    played: list[Played]
    whole: list[Played]
    parts: dict[str, list[Played] | None]
    baselines: dict[str, list[Played]]
    replies: dict[str, Share]
    chatter: dict[str, Share]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Way:
    """How it was measured: in so many folds, or with the chats of one folder kept `apart`."""

    folds: int
    apart: str
    chatter: list[str]

    @property
    def command(self) -> str:
        """What to type to measure it again."""
        how = f"--apart {self.apart}" if self.apart else f"--folds {self.folds}"
        return " ".join([f"./dev evaluate {how}", *(["--chatter", *self.chatter] if self.chatter else [])])

    def __str__(self) -> str:
        if self.apart:
            return (
                f"trained on the corpus, the replies and the chats outside `{self.apart}`, tested on all "
                f"chats of `{self.apart}`"
            )
        return f"{self.folds}-fold cross-validation by whole chats, trained on the corpus and all other chats"


def of_folder(played: list[Played], folder: str) -> list[Played]:
    """The chats of one folder."""
    return [one for one in played if one.chat.folder == folder]


def page(found: Measured) -> str:
    """All tables."""
    folders = sorted({one.chat.folder for one in found.played})
    groups = {name: of_folder(found.played, name) for name in folders}
    groups |= {"all": found.played} if len(folders) > 1 else {}
    known = read_for_mending()
    groups |= {
        f"{name}, never read": [one for one in group if one.chat.name not in known]
        for name, group in groups.items()
    }
    columns = {f"{name} ({len(g)} chats)": (point(g), interval(g)) for name, g in groups.items() if g}
    parts = [
        ("Figures", main_table(columns)),
        ("Beside systems without context", comparison(found) if found.baselines else ""),
        ("Single lines", singles(found)),
        ("Categories and what they are taken for", category_table(confusions(found.played))),
        ("Confidence: how sure → how often right (how many)", reliability_table(judged(found.played))),
        (f"Each part switched off ({len(found.whole)} chats)", without_parts(found) if found.parts else ""),
        ("Speed", speed(found.played)),
    ]
    return "\n\n".join(f"## {title}\n\n{text}" for title, text in parts if text)


def comparison(found: Measured) -> str:
    """The reader and the baselines on the same chats."""
    return systems_table({"wangge": point(found.played), **{n: point(p) for n, p in found.baselines.items()}})


def without_parts(found: Measured) -> str:
    """What is left without each part."""
    left = {says: point(played) if played else None for says, played in found.parts.items()}
    return parts_table(point(found.whole), left, PART_FIGURES)


def singles(found: Measured) -> str:
    """Officers' replies and false alarms."""
    rows = [
        (f"officers' replies, {name}: ticket and action right", share)
        for name, share in found.replies.items()
    ]
    rows += [(f"{name}: ordinary chat taken for a report", share) for name, share in found.chatter.items()]
    return table(
        ["lines", "share", "of"], [(says, f"{share.value:.4f}", share.whole) for says, share in rows]
    )


def speed(played: list[Played]) -> str:
    """How long the bot waited for a reading, as other work went on beside it."""
    times = sorted(row["seconds"] * 1000 for one in played for row in one.trace if row["text"])
    if not times:
        return ""
    return (
        f"Median {statistics.median(times):.2f} ms, 99 % within {times[int(0.99 * (len(times) - 1))]:.2f} "
        f"ms of processor time, over {len(times)} messages with their surroundings, inside the bot. "
        "`./dev bench reading` measures it beside a named baseline."
    )


def data_table(found: Measured) -> str:
    """What there is to train and test on."""
    labels = Counter(_kind(row) for path in sorted(CORPUS.glob("*.jsonl")) for row in read_jsonl(path))
    rows: list[list[object]] = [[f"`corpus/`, {kind}", count, ""] for kind, count in sorted(labels.items())]
    everything = chats()
    for folder in sorted({chat.folder for chat in everything}):
        group = [chat for chat in everything if chat.folder == folder]
        kinds = ("tickets", "actions", "referrals")
        counts = [f"{sum(len(chat.gold.get(kind, [])) for chat in group)} {kind}" for kind in kinds]
        told = ", ".join([f"{len(group)} chats", *counts])
        rows.append([f"`transcripts/{folder}/`", sum(len(chat.messages) for chat in group), told])
    lines = sum(len(read_jsonl(path)) for path in (HERE / "replies").glob("*.jsonl"))
    rows.append(["`replies/`", lines, "officers' lines with the tickets then open"])
    rows.append(["`queries/officer_replies.jsonl`", found.replies["all"].whole, "the same, for testing only"])
    return table(["data", "messages", "with"], rows)


def _kind(row: dict[str, str]) -> str:
    kind = row["label"].split(":")[0]
    return {"chatter": "nothing to do", "referral": "other bodies' business"}.get(
        kind, f"actions of {kind}s" if ":" in row["label"] else "reports"
    )


def card(found: Measured, date: str) -> str:
    """What a reader of the model's card wants to know first."""
    dev = of_folder(found.played, "dev")
    figures, span = point(dev), interval(dev)
    rows = [
        [name, shown(name, figures[name]), "–".join(shown(name, edge) for edge in span[name])]
        for name in CARD_FIGURES
    ]
    rows.append(["officers' replies", f"{found.replies['all'].value:.3f}", ""])
    rows += [[f"false alarms, {name}", f"{share.value:.4f}", ""] for name, share in found.chatter.items()]
    told = table([f"figure, on the {len(dev)} chats of `dev`, unseen", "value", "95 %"], rows)
    return f"Measured {date}; trained from data {found.fingerprint[:12]}.\n\n{data_table(found)}\n\n{told}"


def write_pages(found: Measured, way: Way, date: str) -> None:
    """The pages and the model's card, each between its markers."""
    head = (
        f"{date}, `{way.command}`: {way}, replayed through the real bot. In brackets 95 % (bootstrap over "
        f"chats). Training data {found.fingerprint[:12]}."
    )
    put(PAGE, "evaluation", f"{head}\n\n{page(found)}\n\n{LIMITS}", "Understanding")
    both = f"{date}, `{way.command}`, {len(found.played)} chats.\n\n{comparison(found)}"
    put(README, "figures", both, "A benchmark of reading residents' group chats")
    put(CARD, "card", card(found, date), "Model card")
    put(README, "data", data_table(found), "A benchmark of reading residents' group chats")
