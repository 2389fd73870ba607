"""Fits the scorers: what decides between tickets, learned from labelled chats in their true surroundings."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from warnings import catch_warnings

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from domain.action import Action
from domain.ids import TicketNo
from domain.message import Kind
from domain.people import Role
from domain.state import OPEN, State
from understanding.language.model import Models, Scorer, adopt
from understanding.lines import UNTOUCHED
from understanding.officers.deciding import did_facts, did_message, did_pairs
from understanding.officers.replies import candidates
from understanding.officers.weighing import odds_of
from understanding.residents.judging import CONTINUE, deed_facts, links, may, message_facts, new_facts
from understanding.scene.context import Scene, minutes
from understanding.scene.matching import anchored
from understanding.scene.pairing import Facts, pairs
from understanding.scene.view import view
from understanding.train.alone import part_of, rest_of, scenes
from understanding.train.lessons import Lines as Examples
from understanding.train.lessons import lines_of
from understanding.train.regression import fit
from understanding.train.replay import Replay, Step
from understanding.train.replies import Replies

NETS = 3
"""So many nets, each begun elsewhere, are one scorer: their outputs are averaged."""
UNITS = 24
HOLD, HOLD_OF_DEEDS = 0.2, 1.0
"""How much large weights cost; of what is done to tickets there is less to learn from."""
STRENGTH = 0.3
"""The inverse of the regularisation where there is one weight a fact."""
ROUNDS = 20
BATCH = 256
STEP = 2e-3


PARTS = 4
"""So many parts the chats are split into, each read by models that have not learned from it."""
STRIDE = 7
"""How far apart the lines of small talk are taken."""


@dataclass
class Lessons:
    """Facts and labels for one scorer."""

    facts: list[Facts] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def add(self, facts: Facts, label: str) -> None:
        """One more."""
        self.facts.append(facts)
        self.labels.append(label)


def together(lessons: Iterable[Lessons]) -> Lessons:
    """All of these as one."""
    found = Lessons()
    for one in lessons:
        found.facts += one.facts
        found.labels += one.labels
    return found


def _yes(truth: bool) -> str:  # noqa: FBT001  (one fact, as a label)
    return "yes" if truth else "no"


def learn(lessons: Lessons, hold: float = HOLD) -> Scorer:
    """A scorer from what was seen: of messages beside tickets nets know more than one weight a fact does."""
    names, rows, width = _matrix(lessons)
    nets = [_net(rows / width, np.array(lessons.labels), hold, seed) for seed in range(NETS)]
    out = [_outputs(net) for net in nets]
    return Scorer(
        tuple(nets[0].classes_.tolist()), {name: at for at, name in enumerate(names)},
        inner=(np.hstack([net.coefs_[0] for net in nets]) / width[:, None]).astype(np.float32),
        inner_bias=np.hstack([net.intercepts_[0] for net in nets]).astype(np.float32),
        weights=(np.vstack([weights for weights, _ in out]) / NETS).astype(np.float32),
        bias=np.mean([bias for _, bias in out], axis=0).astype(np.float32),
    )  # fmt: skip


def learn_weights(lessons: Lessons) -> Scorer:
    """A scorer with one weight a fact, as a net of two units: of what is a new report nets know no more."""
    names, rows, width = _matrix(lessons)
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit(rows / width, np.array(lessons.labels))
    line = (model.coef_[0] / width)[:, None]
    return Scorer(
        tuple(model.classes_.tolist()), {name: at for at, name in enumerate(names)},
        inner=np.hstack([line, -line]).astype(np.float32),
        inner_bias=np.array([model.intercept_[0], -model.intercept_[0]], dtype=np.float32),
        weights=np.array([[0, 1], [0, -1]], dtype=np.float32),
        bias=np.zeros(2, dtype=np.float32),
    )  # fmt: skip


def _matrix(lessons: Lessons) -> tuple[list[str], NDArray[np.float32], NDArray[np.float32]]:
    """The names of the facts, a row of facts a lesson, and how wide each fact is."""
    names = sorted({name for facts in lessons.facts for name in facts})
    rows = np.array([[facts.get(name, 0.0) for name in names] for facts in lessons.facts], dtype=np.float32)
    return names, rows, np.maximum(rows.std(axis=0), 0.05)


def _net(rows: NDArray[np.float32], labels: NDArray[np.str_], hold: float, seed: int) -> MLPClassifier:
    net = MLPClassifier(
        (UNITS,), alpha=hold, batch_size=BATCH, learning_rate_init=STEP, max_iter=ROUNDS, random_state=seed
    )
    with catch_warnings(category=ConvergenceWarning, action="ignore"):  # no more rounds: less is overlearned
        net.fit(rows, labels)
    return net


def _outputs(net: MLPClassifier) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights and bias of the last layer, one column a label; of two labels the net has one for "yes"."""
    weights, bias = net.coefs_[1], net.intercepts_[1]
    if len(bias) > 1:
        return weights, bias
    return np.hstack([np.zeros_like(weights), weights]), np.array([0.0, bias[0]])


@dataclass
class School:
    """Collects the lessons of all scorers from chats."""

    link: Lessons = field(default_factory=Lessons)
    new: Lessons = field(default_factory=Lessons)
    deed: Lessons = field(default_factory=Lessons)
    did_link: Lessons = field(default_factory=Lessons)
    did: Lessons = field(default_factory=Lessons)

    def officers(self, steps: Iterable[Step], talk: Sequence[str]) -> None:
        """What officers' messages teach; now and then with small talk in place of their words."""
        for at, step in enumerate(steps):
            scene = step.scene
            message = scene.message
            if message.role is not Role.OFFICER or message.kind is not Kind.TEXT or not scene.around.tickets:
                continue
            for stage in (scene, _small(step), _bare(scene)):
                self._officer(stage, dict(step.acts))
            other = replace(message, text=talk[at * STRIDE % len(talk)], quotes=None, mentions=())
            self._officer(Scene(other, scene.around), {})

    def _officer(self, scene: Scene, acted: dict[TicketNo, Action]) -> None:
        pointed = bool(anchored(scene))
        facts = did_message(scene, odds_of(scene))
        for pair in did_pairs(scene, candidates(scene), facts, vetoed=pointed):
            action = acted.get(pair.ticket.no)
            if not pointed:
                self.did_link.add(pair.facts, _yes(action is not None))
            if action is not None:
                self.did.add(did_facts(pair), str(action))

    def links(self, steps: Iterable[Step]) -> None:
        """Which tickets residents' messages are about, and what they do to them."""
        for step in filter(_resident, steps):
            for scene in (step.scene, _small(step)):
                if scene.around.tickets:
                    self._resident(step, scene)

    def _resident(self, step: Step, scene: Scene) -> None:
        seen = view(scene)
        pointed = bool(anchored(scene))
        acted = dict(step.acts)
        for pair in pairs(scene, scene.around.tickets, message_facts(scene, seen), vetoed=pointed):
            no = pair.ticket.no
            if not pointed:
                self.link.add(pair.facts, _yes(no in step.about))
            if no in acted or no == step.continues:
                label = str(acted.get(no, CONTINUE))
                if may(scene, pair.ticket, label):
                    self.deed.add(deed_facts(scene, seen, pair), label)

    def news(self, steps: Iterable[Step]) -> None:
        """Which messages open tickets; needs a model with `link`."""
        for step in filter(_resident, steps):
            for scene in (step.scene, _small(step)):
                if not anchored(scene):
                    self._new(scene, opens=bool(step.opens))

    def alone(self, lines: Iterable[tuple[Scene, bool]]) -> None:
        """The same of messages with nothing around them."""
        for scene, opens in lines:
            self._new(scene, opens=opens)

    def _new(self, scene: Scene, *, opens: bool) -> None:
        seen = view(scene)
        facts = message_facts(scene, seen)
        best = next(iter(links(scene, facts)), None)
        self.new.add(new_facts(scene, seen, facts, best), _yes(opens))


def _small(step: Step) -> Scene:
    """The same message in a small group: only its own tickets, or the last one, and what was last said."""
    around = step.scene.around
    tickets = tuple(t for t in around.tickets if t.no in step.about) or around.tickets[-1:]
    known = {t.no for t in tickets}
    said = tuple(line for line in around.recent if known & set(line.tickets))[-1:]
    return Scene(step.scene.message, replace(around, tickets=tickets, recent=said))


def _bare(scene: Scene) -> Scene:
    """The same message with nothing known but the open tickets, and how long they have been open."""
    now = scene.message.at
    tickets = tuple(
        replace(
            t,
            state=State.DISPATCHED if minutes(t.opened_at, now) < UNTOUCHED else State.HANDLING,
            last_at=t.opened_at,
        )
        for t in scene.around.tickets
        if t.state in OPEN
    )
    return Scene(scene.message, replace(scene.around, tickets=tickets, recent=()))


def _resident(step: Step) -> bool:
    message = step.scene.message
    return message.kind is Kind.TEXT and message.role not in (Role.OFFICER, Role.BOT, Role.SUPERVISOR)


@dataclass
class Chats:
    """Teaches the words of chats to the models of words, and to the scorers what these say of other chats."""

    base: Models
    examples: Examples
    chats: Sequence[Replay | Replies]
    say: Callable[[str], None] = print

    def learned(self) -> Models:
        """The models with all that the chats teach."""
        adopt(self.base)
        by_chat = [list(chat.steps()) for chat in self.chats]
        parts = [[step for steps in by_chat[at::PARTS] for step in steps] for at in range(PARTS)]
        single = [part_of(self.examples, at, PARTS) for at in range(PARTS)]
        unseen = []
        for at in range(PARTS):
            steps = [step for part in parts[:at] + parts[at + 1 :] for step in part]
            unseen.append(self._taught(steps, rest_of(self.examples, single[at])))
            self.say(f"words, without part {at + 1} of {PARTS} of the chats")
        schools = [School() for _ in parts]
        talk = [e.text for e in self.examples.topic if e.label == "chatter"]
        for at, (models, part, school) in enumerate(zip(unseen, parts, schools, strict=True)):
            adopt(models)
            school.officers(part, talk)
            school.links(part)
            self.say(f"which ticket and what to it, part {at + 1} of {PARTS}")
        for at, (models, part) in enumerate(zip(unseen, parts, strict=True)):
            others = [school.link for school in schools[:at] + schools[at + 1 :]]
            adopt(replace(models, link=learn(together(others))))
            schools[at].news(part)
            schools[at].alone(scenes(single[at]))
        every = self._taught([step for part in parts for step in part], self.examples)
        self.say("words of all chats")
        return replace(
            every,
            link=learn(together([school.link for school in schools])),
            deed=learn(together([school.deed for school in schools]), HOLD_OF_DEEDS),
            did_link=learn(together([school.did_link for school in schools])),
            did=learn(together([school.did for school in schools]), HOLD_OF_DEEDS),
            new=learn_weights(together([school.new for school in schools])),
        )

    def _taught(self, steps: Iterable[Step], of: Examples) -> Models:
        lines = lines_of(steps, self.base.topic)
        return replace(
            self.base,
            topic=fit(of.topic + lines.topic, 40_000)[0],
            kind=fit(of.kind + lines.kind, 30_000)[0],
            resident=fit(of.resident + lines.resident, 30_000, 5.0)[0],
            officer=fit(of.officer + lines.officer, 15_000)[0],
            act=fit(of.act + lines.act, 15_000)[0],
            urgent=fit(of.urgent + lines.urgent, 15_000, 10.0)[0],
        )
