"""The words that the rules know, read once from `words.json`: lists and patterns only, no rule.

Written from knowledge of the language and of the field; a word is added there, one place for all.
"""

from understanding.data import table

_DATA = table("language/words")


def _words(name: str) -> tuple[str, ...]:
    return tuple(_DATA[name].split())


PLACE_ENDS = frozenset("路街巷弄道栋幢楼号座区门口店馆场桥站院园村里厅铺摊行社校厂库坡坝湖河江塘沟亭")
"""Characters that often end the name of a place."""
PLACE_SIDES = frozenset("旁边侧前后左右上下内外面头底角间东西南北中处")
"""Characters that say where something is, seen from a place."""
VAGUE_PLACES = frozenset(_words("vague_places"))
"""Words for a place that only the speaker can find."""
GROUP_BUY = _words("group_buy")
"""Words of group purchases and sign-ups: a +1 that follows them supports nothing."""
QUESTION_ENDS = _words("question_ends")
"""What a question tends to end with, Nanchang's 啵 included."""
NAME_NOISE = frozenset(_words("name_noise"))
"""Ends of nicknames that many people share."""
UNITS = _words("units")
"""Units that urban management hands matters to."""
OLDEST = _words("oldest")
"""Words for the ticket that has been open longest."""
NEWEST = _words("newest")
"""Words for the ticket opened last."""
LEADING_UP = _words("leading_up")
"""What a complaint in several messages often begins with."""
AGAIN = _words("again")
"""Words that say that something has come back, or never went."""
SPEECH: dict[str, tuple[str, ...]] = {name: tuple(words.split()) for name, words in _DATA["speech"].items()}
"""What people do with words (thank, hurry, cancel, hand over …) and the words that do it."""
THINGS: dict[str, tuple[str, ...]] = {name: tuple(words.split()) for name, words in _DATA["things"].items()}
"""For each category, words that officers and residents use for its things."""
ALIKE: tuple[tuple[str, ...], ...] = tuple(tuple(line.split()) for line in _DATA["alike"])
"""Words for the same thing; the last of each line stands for all."""
HAZARDS: dict[str, str] = _DATA["hazards"]
"""Hazards and the patterns they show by, likeliest harm first."""
NO_HAZARD: str = _DATA["no_hazard"]
"""Pattern of words that put a hazard at a distance."""
PERILS: dict[str, str] = _DATA["perils"]
"""What lives hang on, and the patterns it shows by: no reason yet to warn, but one to look for danger."""
LONG_AGO: str = _DATA["long_ago"]
"""Pattern of words that tell an old story."""
FAR_AWAY: str = _DATA["far_away"]
"""Pattern of words that put a matter somewhere else, or in somebody else's mouth."""
HERE_AND_NOW: str = _DATA["here_and_now"]
"""Pattern of words that bring it back to here and now."""
ACKNOWLEDGES: str = _DATA["acknowledges"]
"""Pattern of how a line begins that only takes note of what was said."""
BUILDS: str = _DATA["builds"]
"""Pattern of words for building something."""
BUILDS_NOW: str = _DATA["builds_now"]
"""Pattern of words before them that say that it goes on."""
WORKS: str = _DATA["works"]
"""Pattern of words for a step of building, said of much else, too."""
WORKERS: str = _DATA["workers"]
"""Pattern of words for who builds."""
WORKS_NOW: str = _DATA["works_now"]
"""Pattern of words that show building as it goes on."""
BUILT: str = _DATA["built"]
"""Pattern of what follows them where it is done."""
STANDS: str = _DATA["stands"]
"""Pattern of words that tell of what stands already, or has stopped."""
REPLIES: dict[str, str] = _DATA["replies"]
"""Patterns of what residents answer to whether it is solved, with or without a reason."""
FORMULAS: dict[str, str] = _DATA["formulas"]
"""For some actions, a pattern of whole messages that mean it: the words that the bot asks for."""
SAYS_SO: dict[str, str] = _DATA["says_so"]
"""For some of officers' actions, a pattern of words that name the action itself (延期, 移交, 驳回, 办结)."""
UNDONE: dict[str, str] = _DATA["undone"]
"""Patterns, and parts of them, of what officers deny, put off or limit."""
CHECKS: dict[str, str] = _DATA["checks"]
"""Patterns of what workers say who have checked whether it is solved."""
ANSWERS: dict[str, str] = _DATA["answers"]
"""Patterns by which an officer says which of several tickets he means."""
APIECE: dict[str, str] = _DATA["apiece"]
"""Patterns by which the words of a line are given to the numbers in it."""
OFF_DUTY: dict[str, str] = _DATA["off_duty"]
"""Patterns, and parts of them, of what officers say of their own lives, the weather, a talk's tone."""
REQUESTS: dict[str, str] = _DATA["requests"]
"""Patterns, and parts of them, of what officers ask for: more time (延期), a ticket struck off (销号)."""
MATTERS: dict[str, str] = _DATA["matters"]
"""Patterns by which one matter of a message is told from the next."""
LEADS_TO: dict[str, frozenset[str]] = {
    name: frozenset(words.split()) for name, words in _DATA["leads_to"].items()
}
"""For each category, others as which the same matter is often told: a barbecue's fumes, noise, rubbish."""
OUTCOME: dict[str, str] = _DATA["outcome"]
"""Patterns of what people say of how a matter came out: settled, going on, not looked at yet, a lie."""
STAFF: dict[str, str] = _DATA["staff"]
"""Patterns of what officers and workers say that is no step: whose is it, come to us, they have a permit."""
WANTS: dict[str, str] = _DATA["wants"]
"""Patterns of what people want of a ticket: hear of it, hurry it, call it off; who does not complain."""
