"""A simulated year: who says what, what the bot must say, and whether it did."""
