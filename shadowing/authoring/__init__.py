"""What an organisation writes down itself: journeys, library, strategy, goals, promises."""
