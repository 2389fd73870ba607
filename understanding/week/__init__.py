"""Officers' own work: the week's talk with a community, patrols, leave, and what is put right of it."""
