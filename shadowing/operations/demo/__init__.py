"""A small believable hospital to look at."""
