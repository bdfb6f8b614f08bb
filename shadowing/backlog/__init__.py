"""Backlog: improvements raised from areas, in the order they deserve, until they are proven."""
