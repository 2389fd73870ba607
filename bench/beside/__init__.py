"""The programs that the bot is measured beside, and what they all hear."""
