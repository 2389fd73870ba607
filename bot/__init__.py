"""The program: command line, settings, wiring, clock, inbox, outbox, jobs, connections to chat platforms."""
