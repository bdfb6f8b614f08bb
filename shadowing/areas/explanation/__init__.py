"""How a score comes about."""
