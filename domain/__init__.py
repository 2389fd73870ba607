"""What a ticket is: states and legal moves, actions and who may do which, categories, people, messages.

Knows the standard library only: no I/O, no clock, no framework.
"""
