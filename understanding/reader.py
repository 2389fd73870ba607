"""The door: a message and its surroundings in, a Reading out."""

from domain.message import Kind
from domain.people import Role
from understanding.officers.replies import read_officer
from understanding.reading import Intent, Reading, Said, Surroundings
from understanding.residents.rules import read_resident
from understanding.scene.context import Scene
from understanding.scene.thread import read_wordless


def read(message: Said, around: Surroundings) -> Reading:
    """Read one message as a careful human dispatcher would."""
    scene = Scene(message, around)
    if message.role is Role.BOT:
        return Reading(Intent.CHATTER, 1.0, "机器人自己的话")
    if message.role is Role.OFFICER:
        return read_officer(scene)
    if message.kind is not Kind.TEXT:
        return read_wordless(scene)
    if message.role is Role.SUPERVISOR and message.private:
        return Reading(Intent.CHATTER, 0.5, "领导的话")
    return read_resident(scene)
