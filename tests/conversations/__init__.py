"""Stories told to the real bot, with a real database file and a virtual clock."""
