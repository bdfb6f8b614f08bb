"""The backlog as a board, what of it is looked at, and cards that move."""
