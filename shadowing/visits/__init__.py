"""Visits and observations, plans, totals and spreadsheet import."""
