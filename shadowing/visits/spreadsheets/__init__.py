"""Spreadsheets in: how columns are read, reading files, taking rows in."""
