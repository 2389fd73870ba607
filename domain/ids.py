"""Names of things: each a plain string with a type of its own, so that two cannot be mixed up."""

from typing import NewType

MemberId = NewType("MemberId", str)
"""A person on the chat platform, whatever they call themselves."""
GroupId = NewType("GroupId", str)
"""A chat group on the platform."""
MessageId = NewType("MessageId", str)
"""A message; unique within the installation."""
TicketNo = NewType("TicketNo", str)
"""A ticket's number: `20260511-003`, the day and the running count of that day."""
