"""What words mean. No I/O inside, no clock.

`read` is the door for messages, `asked` says which law card a question about the rules asks for, `heated`
whether somebody has lost their temper; officers' own work has doors of its own, for whoever knows the
conversation to ask: `patrol.patrols`, `corrections.correction`, `visits.visit`, `leave.leave`.
"""

from understanding.heat import heated
from understanding.law import asked
from understanding.reader import read
from understanding.reading import Act, Intent, Problem, Reading, Said, Surroundings, TicketSeen

__all__ = [
    "Act",
    "Intent",
    "Problem",
    "Reading",
    "Said",
    "Surroundings",
    "TicketSeen",
    "asked",
    "heated",
    "read",
]
