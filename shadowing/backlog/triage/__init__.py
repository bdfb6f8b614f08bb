"""Proposals: raised by hand, and what becomes of each of them."""
