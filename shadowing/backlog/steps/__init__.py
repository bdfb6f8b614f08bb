"""The plan of an improvement as a checklist, and what fits into a month."""
