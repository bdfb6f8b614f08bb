"""Standards, phrases and touchpoints of our own, written once and taken into many journeys."""
