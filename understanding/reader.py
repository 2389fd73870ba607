"""The door: a message and its surroundings in, a Reading out."""

from understanding.reading import Intent, Reading, Said, Surroundings


def read(message: Said, around: Surroundings) -> Reading:
    """Read one message as a careful human dispatcher would."""
    return Reading(Intent.CHATTER, 0.0)
