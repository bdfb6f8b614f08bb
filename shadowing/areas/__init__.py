"""Areas: scoring what was observed, keeping the scores up to date, coverage, pages."""
