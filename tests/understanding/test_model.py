"""The shipped model: made from the data that lies here, loadable from elsewhere."""

from collections.abc import Callable
from importlib.resources import as_file, files

import pytest

from understanding.language.model import Scorer, adopt, load, models, use
from understanding.train import scorers
from understanding.train.fingerprint import fingerprint
from understanding.train.scorers import Lessons


def test_the_shipped_model_is_the_one_that_the_data_gives() -> None:
    assert models().fingerprint == fingerprint(), "run ./dev train"


def test_another_file_can_take_its_place() -> None:
    before = models()
    with as_file(files("understanding").joinpath("model.npz")) as path:
        use(path)
        assert models() is not before
        assert models().fingerprint == load(path).fingerprint
    adopt(before)
    assert models() is before


def test_many_are_judged_as_each_is_alone() -> None:
    link = models().link
    assert link is not None
    many = [{"words": 3.0, "mine": 1.0}, {"words": 0.0, "against": -2.0}, {"a fact of its own": 1.0}]
    together = link.likely_each({"open_tickets": 1.0}, many)
    alone = [link.likely({"open_tickets": 1.0, **facts}) for facts in many]
    assert together == pytest.approx(alone, abs=1e-5)
    assert together[0] > together[1]
    assert together[2] == pytest.approx(link.likely({"open_tickets": 1.0}), abs=1e-5)
    assert together[2] != pytest.approx(link.likely({}), abs=1e-5)


@pytest.mark.parametrize("learn", [scorers.learn, scorers.learn_weights])
def test_a_scorer_learns_what_speaks_for_yes(learn: Callable[[Lessons], Scorer]) -> None:
    lessons = Lessons()
    for n in range(6000):
        lessons.add({"for": n % 2, "beside": n % 3}, "yes" if n % 2 else "no")
    taught = learn(lessons)
    assert taught.likely({"for": 1.0}) > 0.9
    assert taught.likely({"for": 0.0}) < 0.1
    assert taught.probabilities({"for": 1.0})["yes"] == pytest.approx(taught.likely({"for": 1.0}))


def test_a_scorer_learns_several_labels() -> None:
    lessons = Lessons()
    for n in range(6000):
        lessons.add({f"sounds_{n % 3}": 1.0}, "abc"[n % 3])
    taught = scorers.learn(lessons)
    odds = taught.probabilities({"sounds_1": 1.0})
    assert max(odds, key=odds.__getitem__) == "b"
    assert sum(odds.values()) == pytest.approx(1)
