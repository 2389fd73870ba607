"""The pages in the browser: the chat room (the dashboard comes here too)."""
