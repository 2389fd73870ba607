"""A message in its surroundings: what stands before it, and which ticket it fits."""
