"""Journeys: what is walked, in which order and channels, and what should happen there."""
