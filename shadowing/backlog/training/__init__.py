"""Trainings: proposed where people hurt, planned as steps, followed by the standards they should lift."""
