"""The measuring itself: folds, intervals, confidence, baselines, pages. `./dev evaluate` measures the reader."""

import sys
from pathlib import Path

import pytest
from rich.progress import Progress

from domain.category import categories
from domain.ids import MemberId
from evaluation import baselines, evaluate, figures, folds, jobs, pages, report, score, switches
from evaluation.figures import Played
from evaluation.folds import Chat, Line
from evaluation.singles import reply_is_right
from understanding import Said, Surroundings

NAMES = [("dev", f"{n:02}-a") for n in range(23)] + [("more", f"{n:02}-b") for n in range(11)]


def a_chat(name: str, *, folder: str = "dev", category: str = "油烟污染") -> Chat:
    members = [
        {"id": "r1", "name": "李姐", "role": "resident"},
        {"id": "o1", "name": "王队", "role": "officer"},
    ]
    texts = [("m1", "r1", "楼下饭店的油烟直往家里灌"), ("m2", "o1", "收到"), ("m3", "r1", "晚上吃什么")]
    lines: list[Line] = [{"type": "group", "id": "g", "members": members}]
    lines += [
        {"type": "message", "id": i, "from": who, "kind": "text", "text": text} for i, who, text in texts
    ]
    ticket = {"key": "T1", "messages": ["m1"], "category": category, "location": "", "urgent": False}
    gold: dict[str, list[Line]] = {
        "tickets": [ticket],
        "actions": [{"message": "m2", "ticket": "T1", "action": "accept"}],
    }
    return Chat(name, folder, Path(f"{name}.chat.jsonl"), lines, gold)


def opened(category: str = "油烟污染", message: str = "m1", no: str = "1") -> Line:
    return {
        "type": "ticket",
        "no": no,
        "category": category,
        "location": "",
        "urgent": False,
        "messages": [message],
    }


ACCEPTED: Line = {"type": "action", "message": "m2", "ticket": "1", "action": "accept"}


# --- folds


@pytest.mark.parametrize("count", [2, 5, 7])
def test_every_chat_is_in_one_fold_and_the_folds_are_even(count: int) -> None:
    found = folds.split(NAMES, count)
    assert sorted(name for fold in found for name in fold) == sorted(name for _, name in NAMES)
    for end in ("-a", "-b"):
        sizes = [sum(name.endswith(end) for name in fold) for fold in found]
        assert max(sizes) - min(sizes) <= 1


def test_the_folds_depend_on_the_names_alone() -> None:
    assert folds.split(NAMES, 5) == folds.split(NAMES[::-1], 5)
    assert folds.split([("dev", "a"), ("dev", "b"), ("dev", "c")], 2) == [["c", "a"], ["b"]]
    assert folds.split([("dev", "x"), ("dev", "y"), ("more", "z")], 2) == [["x", "z"], ["y"]]


def test_chats_that_ship_split_as_wholes() -> None:
    found = folds.folds_of(folds.chats(), 5)
    assert len({chat.name for fold in found for chat in fold}) == sum(map(len, found)) == len(folds.chats())


def test_the_chats_that_were_read_are_known_by_name() -> None:
    names = {chat.name for chat in folds.chats()}
    assert folds.read_for_mending() < names


def test_a_folder_that_is_kept_apart_is_tested_as_one() -> None:
    (tested,) = evaluate.tested("dev", 5)
    assert {chat.folder for chat in tested} == {"dev"}
    assert len(tested) == sum(chat.folder == "dev" for chat in folds.chats())
    assert len(evaluate.tested(None, 4)) == 4


def test_the_page_says_how_it_was_measured() -> None:
    assert pages.Way(5, "dev", ["a.txt"]).command == "./dev evaluate --apart dev --chatter a.txt"
    assert "outside `dev`" in str(pages.Way(5, "dev", []))
    assert pages.Way(4, "", []).command == "./dev evaluate --folds 4"
    assert str(pages.Way(4, "", [])).startswith("4-fold")


def test_two_chats_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        folds.folds_of([a_chat("x"), a_chat("x", folder="more")], 2)


# --- figures


def test_chats_add_up_to_what_the_scorer_says() -> None:
    played = [
        Played(a_chat("a"), [opened(), ACCEPTED], []),
        Played(a_chat("b"), [opened("其他"), opened(message="m3", no="2")], []),
    ]
    total = score.Tally()
    for one in played:
        score.tally_one(one.chat.name, one.chat.lines, one.chat.gold, one.out, total)
    assert figures.point(played) == score.figures(total)
    assert figures.point(played)["category_accuracy"] == 0.5
    assert figures.point(played[:1])["action_f1"] == 1


def test_the_interval_holds_the_figure_and_is_a_point_where_all_chats_are_alike() -> None:
    right = [Played(a_chat(str(n)), [opened(), ACCEPTED], []) for n in range(6)]
    wrong = [Played(a_chat(str(n)), [opened("其他")], []) for n in range(6, 12)]
    low, high = figures.interval([*right, *wrong], samples=300)["category_accuracy"]
    assert 0.1 < low < 0.5 < high < 0.9
    assert figures.interval(right, samples=50)["category_accuracy"] == (1, 1)
    assert figures.interval([*right, *wrong], samples=300) == figures.interval([*right, *wrong], samples=300)


def test_confusions_know_what_was_missed_and_what_was_for_nothing() -> None:
    played = [
        Played(a_chat("a"), [opened("其他"), opened("暴露垃圾", "m3", "2")], []),
        Played(a_chat("b", category="暴露垃圾"), [], []),
    ]
    assert figures.confusions(played) == {
        ("油烟污染", "其他"): 1, (figures.NONE, "暴露垃圾"): 1, ("暴露垃圾", figures.NONE): 1
    }  # fmt: skip


def test_bands_and_calibration_error() -> None:
    sure = [(0.95, True)] * 19 + [(0.95, False)]
    assert figures.calibration_error(sure) == pytest.approx(0)
    assert figures.calibration_error([(0.9, False), (0.9, True)]) == pytest.approx(0.4)
    assert [(b.low, b.count) for b in figures.bands([(1.0, True), (0.05, False), (0.99, True)])] == [
        (0, 1),
        (0.9, 2),
    ]


def test_decisions_are_judged_by_the_labels() -> None:
    trace: list[Line] = [
        {"message": "m1", "confidence": 0.9, "problems": [{"category": "油烟污染", "confidence": 0.9}], "acts": [], "referral": None},
        {"message": "m2", "confidence": 0.7, "problems": [], "acts": [{"ticket": "1", "action": "accept", "confidence": 0.7}], "referral": None},
        {"message": "m3", "confidence": 0.6, "problems": [{"category": "其他", "confidence": 0.6}], "acts": [], "referral": "物业"},
    ]  # fmt: skip
    out = [opened(), opened("其他", "m3", "2"), ACCEPTED]
    assert figures.judged([Played(a_chat("a"), out, trace)]) == {
        "reports": [(0.9, True), (0.6, False)],
        "actions": [(0.7, True)],
        "referrals": [(0.6, False)],
    }


# --- baselines, parts, single lines


def test_keywords_find_their_category_or_nothing() -> None:
    assert baselines.by_keywords(["满屋子油烟", "晚上吃什么", "路灯又坏了"]) == [
        "油烟污染",
        "chatter",
        "市政设施损坏",
    ]
    assert set(baselines.KEYWORDS) <= set(categories())


def test_a_baseline_writes_what_the_scorer_reads() -> None:
    chat = a_chat("a")
    out = list(baselines.answer(chat, baselines.by_keywords))
    assert [row["type"] for row in out] == ["ticket", "reply"]
    assert figures.point([Played(chat, out, [])])["ticket_f1"] == 1
    referred = list(baselines.answer(chat, lambda texts: ["referral:物业" for _ in texts]))
    assert referred[0] == {"type": "referral", "message": "m1", "to": "物业"}
    assert figures.point([Played(chat, referred, [])])["chatter_answered_per_1000"] == 1000


def test_a_baseline_learns_nothing_from_officers_and_takes_actions_for_chatter() -> None:
    learned = list(baselines.examples([a_chat("a")]))
    assert ("楼下饭店的油烟直往家里灌", "油烟污染") in learned
    assert ("晚上吃什么", "chatter") in learned
    assert ("收到", "accept") not in learned[-3:]
    assert not any(label.startswith(("resident:", "officer:")) for _, label in learned)


@pytest.mark.parametrize("part", ["alone", "talk", "places"])
def test_a_part_that_is_off_is_not_shown(part: str) -> None:
    message = Said("收到", MemberId("o1"))
    around = Surroundings((message,), (), ("阳光花园",))
    _, shown = switches.PARTS[part].show(message, around)
    assert (shown.recent == ()) is (part in {"alone", "talk"})
    assert (shown.places == ()) is (part in {"alone", "places"})


def test_a_part_that_the_reader_lacks_is_said() -> None:
    with pytest.raises(switches.NoSuchPart, match="no_such"):
        switches.Switch("", rules=(("understanding.language.hazards", "no_such", None),)).turn_off()
    with pytest.raises(switches.NoSuchPart, match="nowhere"):
        switches.Switch("", rules=(("understanding.nowhere", "rule", None),)).turn_off()


def test_a_reply_is_right_with_action_and_ticket_only() -> None:
    line = {"text": "20260402-002 处理完了", "officer": "o1", "at": "2026-03-10T10:25:09+08:00",
            "open": [{"no": "20260402-002", "category": "占道经营", "location": "学校门口"}]}  # fmt: skip
    assert reply_is_right({**line, "gold": {"nos": ["20260402-002"], "action": "resolve"}})
    assert not reply_is_right({**line, "gold": {"nos": ["20260402-009"], "action": "resolve"}})
    assert not reply_is_right({**line, "gold": None})


# --- jobs and pages


def job(name: str, code: str, needs: str = "", allowed: tuple[int, ...] = ()) -> jobs.Job:
    return jobs.Job(name, [sys.executable, "-c", code], 2, needs, allowed)


def test_jobs_run_when_what_they_need_is_done(tmp_path: Path) -> None:
    file = tmp_path / "made"
    make = job("make", f"open({str(file)!r}, 'w').write('x')")
    use = job("use", f"print(open({str(file)!r}).read())", needs="make")
    with Progress(disable=True) as bar:
        assert jobs.run_all([use, make], 2, bar) == {"make", "use"}
        assert bar.tasks[0].completed == bar.tasks[0].total == 4


def test_a_job_that_fails_is_told_unless_that_is_allowed() -> None:
    with Progress(disable=True) as bar, pytest.raises(jobs.JobFailed, match="dropped"):
        jobs.run_all([job("bad", "raise SystemExit('dropped')")], 1, bar)
    with Progress(disable=True) as bar:
        assert jobs.run_all([job("odd", "raise SystemExit(3)", allowed=(3,))], 1, bar) == set()


def test_a_page_keeps_what_stands_around_the_markers(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    report.put(page, "figures", "one", "Title")
    page.write_text(page.read_text(encoding="utf-8") + "\nmine\n", encoding="utf-8")
    report.put(page, "figures", "two", "Title")
    report.put(page, "data", "three", "Title")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Title\n")
    assert "one" not in text
    assert text.index("two") < text.index("mine") < text.index("three")


def test_tables_are_markdown() -> None:
    assert report.table(["a", "b"], [["x", 1]]) == "| a | b |\n| --- | ---: |\n| x | 1 |"
    assert report.shown("ticket_f1", 0.5) == "0.500"
    assert report.shown("chatter_answered_per_1000", 3.21) == "3.2"
    assert "none 1" in report.category_table(figures.confusions([Played(a_chat("a"), [], [])]))
