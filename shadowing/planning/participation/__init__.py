"""Who shadows, by department and never by person; and whose notes may still be on a phone."""
