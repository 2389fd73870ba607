"""Which law card a line asks for: measured on labelled lines, and bounded in time."""

import time
from datetime import date

import pytest

from domain.law import LawCard, LawCards, shipped
from evaluation import lawcards
from evaluation.score import read_jsonl
from understanding import asked

DAY = date(2026, 5, 11)
BALCONY = "阳台可以自己包起来吗，要不要跟谁报批"


def test_most_questions_get_their_card() -> None:
    assert lawcards.right().value >= 0.85
    assert lawcards.right("fresh").value >= 0.85
    assert lawcards.wrong().value <= 0.03


def test_hardly_any_other_line_gets_a_card() -> None:
    assert lawcards.false().value <= 0.005


def test_hardly_any_complaint_of_the_corpus_gets_a_card() -> None:
    rows = [line for path in (lawcards.HERE / "corpus").glob("*.jsonl") for line in read_jsonl(path)]
    complaints = [row["text"] for row in rows if row["label"] != "chatter"]
    assert len(complaints) > 6000
    assert sum(lawcards.card_of(text) is not None for text in complaints) <= 3


def test_a_line_costs_far_less_than_a_millisecond() -> None:
    texts = [line["text"] for name in ("questions", "others") for line in lawcards.lines(name)]
    lawcards.card_of(BALCONY)
    best = min(_seconds(texts) for _ in range(3))
    assert best / len(texts) < 0.0005


def _seconds(texts: list[str]) -> float:
    begun = time.process_time()
    for text in texts:
        lawcards.card_of(text)
    return time.process_time() - begun


@pytest.mark.parametrize(
    ("text", "card"),
    [
        (BALCONY, "P36"),
        ("请问：周末在河滩烧烤，允许吗？？", "P13"),
        (BALCONY + "。" * 10, "P36"),
        (BALCONY + "我家的情况是这样的" * 6, None),
        ("这棚子能不能拆", None),
        ("城管能不能来看一下阳台上搭的棚子", None),
        ("", None),
        ("？？？", None),
        ("吗" * 60, None),
    ],
)
def test_what_asks_and_what_does_not(text: str, card: str | None) -> None:
    assert asked(text, shipped(), DAY) == card


def test_of_two_cards_on_the_same_matter_the_one_in_force_is_meant() -> None:
    old, *_ = (one for one in shipped().all if one.id == "P36")
    words = {"question": old.question, "answer": "新的答案", "law": "《新条例》", "asks": old.asks}
    new = LawCard("P99", words=old.words, valid_from=DAY, **words)  # type: ignore[arg-type]  # fields of a card
    ended = LawCard("P36", words=old.words, valid_to=date(2026, 5, 10), **words)  # type: ignore[arg-type]  # the same
    cards = LawCards((ended, new))
    assert asked(BALCONY, cards, DAY) == "P99"
    assert asked(BALCONY, cards, date(2026, 5, 10)) == "P36"


def test_a_card_without_words_wants_a_question_much_like_its_own() -> None:
    cards = LawCards((LawCard("X1", "船上能住人吗", "要先登记。", "《条例》", ("住在船上要办手续吗",)),))
    assert asked("请问住在船上要办手续吗", cards, DAY) == "X1"
    assert asked("请问在小区装摇椅要办手续吗", cards, DAY) is None


def test_without_cards_nothing_is_asked_for() -> None:
    assert asked(BALCONY, LawCards(), DAY) is None
