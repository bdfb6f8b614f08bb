"""What everything stands on: clock, database, settings, problems, HTTP, words, jobs, bytes, tables."""
