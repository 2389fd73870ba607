"""What words mean: `understanding.read` is the only door. No I/O inside, no clock."""

from understanding.reader import read
from understanding.reading import Act, Intent, Problem, Reading, Said, Surroundings, TicketSeen

__all__ = ["Act", "Intent", "Problem", "Reading", "Said", "Surroundings", "TicketSeen", "read"]
