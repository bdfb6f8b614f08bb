"""Who shadows what and when: planning, open slots, calendar."""
