"""What words mean: `understanding.read` is the door. No I/O inside, no clock.

`asked` says which law card a question about the rules asks for.
"""

from understanding.law import asked
from understanding.reader import read
from understanding.reading import Act, Intent, Problem, Reading, Said, Surroundings, TicketSeen

__all__ = ["Act", "Intent", "Problem", "Reading", "Said", "Surroundings", "TicketSeen", "asked", "read"]
