"""The formulas of METHOD: numpy and numbers only, no database, no web."""
