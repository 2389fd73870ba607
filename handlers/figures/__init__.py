"""Supervisors' questions: from plain words to a figure with its definition, its period and its cases."""
