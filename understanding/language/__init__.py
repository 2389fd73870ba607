"""What words say by themselves: their letters, places, things, formulas and dangers, learned or listed."""
