"""The one register of decisions: what was decided, by whom, why, and on which evidence as it stood."""
