"""What the models of words learn from labelled chats, in the form of examples."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.message import Kind
from domain.people import Role
from understanding.language.hazards import signs
from understanding.language.linear import Linear
from understanding.scene.context import describe, manner, standing
from understanding.scene.view import ACTIONS as WANTED
from understanding.scene.view import about
from understanding.train.corpus import Example
from understanding.train.replay import Step

ABOUT = 0.5
"""How much a line about a ticket counts for the kind of its problem."""


@dataclass
class Lines:
    """Examples for each model of words."""

    topic: list[Example] = field(default_factory=list)
    resident: list[Example] = field(default_factory=list)
    kind: list[Example] = field(default_factory=list)
    officer: list[Example] = field(default_factory=list)
    act: list[Example] = field(default_factory=list)
    urgent: list[Example] = field(default_factory=list)


def lines_of(steps: Iterable[Step], topic: Linear) -> Lines:
    """The examples in these messages; `topic` must not have learned from them."""
    found = Lines()
    for step in steps:
        message = step.scene.message
        if message.kind is not Kind.TEXT:
            continue
        found.kind += _kinds(step)
        if message.role is Role.OFFICER:
            label = str(step.acts[0][1]) if step.acts else "chatter"
            found.officer.append(Example(message.text, label, manner(message)))
            continue
        found.topic += _topics(step)
        found.resident.append(_wanted(step, topic))
        found.act += _acts(step)
        if step.opens:
            found.urgent.append(_urgent(step))
    return found


def _topics(step: Step) -> Iterator[Example]:
    if len(step.opens) == 1:
        yield Example(step.scene.message.text, step.opens[0], {})
    elif step.referral:
        yield Example(step.scene.message.text, f"referral:{step.referral}", {})
    elif not step.about and not step.opens:
        yield Example(step.scene.message.text, "chatter", {})


def _wanted(step: Step, topic: Linear) -> Example:
    text = step.scene.message.text
    wanted = [str(action) for _, action in step.acts if action in WANTED]
    if step.opens:
        label = "report"
    elif step.referral:
        label = "referral"
    elif step.about:
        label = wanted[0] if wanted else "supplement"
    else:
        label = "chatter"
    return Example(text, label, describe(step.scene) | about(topic.probabilities(text)))


def _kinds(step: Step) -> Iterator[Example]:
    if len(step.opens) == 1:
        yield Example(step.scene.message.text, step.opens[0], {})
    elif len(step.about) == 1 and (ticket := step.scene.ticket(next(iter(step.about)))):
        yield Example(step.scene.message.text, ticket.category, {}, ABOUT)


def _acts(step: Step) -> Iterator[Example]:
    for no, action in step.acts:
        ticket = step.scene.ticket(no)
        if ticket and action in WANTED:
            yield Example(step.scene.message.text, str(action), standing(step.scene, ticket))


def _urgent(step: Step) -> Example:
    text = step.scene.message.text
    return Example(text, "urgent" if step.urgent else "calm", signs(text), 3.0 if step.urgent else 1.0)
