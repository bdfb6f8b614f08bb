"""What stands beside an area's score: what was noted, and what is missing."""
