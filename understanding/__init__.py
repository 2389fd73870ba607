"""What words mean: `read` is the door, `heated` the small one beside it. No I/O inside, no clock."""

from understanding.heat import heated
from understanding.reader import read
from understanding.reading import Act, Intent, Problem, Reading, Said, Surroundings, TicketSeen

__all__ = ["Act", "Intent", "Problem", "Reading", "Said", "Surroundings", "TicketSeen", "heated", "read"]
