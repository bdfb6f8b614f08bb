"""Taking everything along to a safe place, and bringing it back: one form for every engine and store."""
