"""The tables of visits, by subject."""
