"""Spreadsheets through the browser: matched column by column, tried, taken in by the worker, taken back."""
