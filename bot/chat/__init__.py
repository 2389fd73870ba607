"""Connections to chat platforms: each turns its platform's events into messages, and sends replies."""
