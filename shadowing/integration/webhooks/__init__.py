"""Webhooks: what happens to improvements, told to other programs as it happens."""
