"""Conversations first; then a mirror of the source."""
