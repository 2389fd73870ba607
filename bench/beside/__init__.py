"""The programs that the bot is measured beside."""
