"""Tests of `understanding/`."""
