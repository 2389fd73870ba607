"""Parts of the reader that can be switched off, to see what each is worth.

Some take away what the reader is shown, the others make one of its rules answer "nothing". Nothing is
trained again without the part: the models still expect it, so these figures are what its loss would cost.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module

from understanding import Said, Surroundings

Shown = tuple[Said, Surroundings]
Rule = tuple[str, str, object]
"""Module, function, and what it answers when it is switched off."""


class NoSuchPart(Exception):
    """This reader does not have the part."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A part: how to say that it is off, what of the message is then shown, which rules are silent."""

    says: str
    show: Callable[[Said, Surroundings], Shown] = lambda message, around: (message, around)
    rules: tuple[Rule, ...] = ()

    def turn_off(self) -> None:
        """Silence the rules in this process. Raises NoSuchPart."""
        for rule in self.rules:
            _silence(*rule)


def _silence(module: str, name: str, answer: object) -> None:
    try:
        rule = getattr(import_module(module), name)
    except (ImportError, AttributeError):
        raise NoSuchPart(f"{module}.{name}") from None
    for loaded in [m for known, m in sys.modules.items() if known.startswith("understanding")]:
        if getattr(loaded, name, None) is rule:
            setattr(loaded, name, lambda *_, **__: answer)


def _no_talk(message: Said, around: Surroundings) -> Shown:
    return message, replace(around, recent=())


def _no_words(message: Said, around: Surroundings) -> Shown:
    return message, replace(around, tickets=tuple(replace(t, text="") for t in around.tickets))


def _no_places(message: Said, around: Surroundings) -> Shown:
    return message, replace(around, places=())


def _alone(message: Said, _: Surroundings) -> Shown:
    return message, Surroundings()


PARTS: dict[str, Switch] = {
    "alone": Switch("no surroundings at all", _alone),
    "talk": Switch("no chat before the message", _no_talk),
    "words": Switch("no words of the known tickets", _no_words),
    "places": Switch("no place names of the community", _no_places),
    "pointing": Switch("no quotes and numbers", rules=(("understanding.scene.matching", "anchored", []),)),
    "rules": Switch(
        "no rules (danger words, set answers, speech acts, places that conflict)",
        rules=(
            ("understanding.language.hazards", "hazard", None),
            ("understanding.language.formulas", "formula", None),
            ("understanding.language.speech", "speech", {}),
            ("understanding.language.places", "conflict", False),
        ),
    ),
}
