"""What somebody ought to know of what they own or proposed: as a list with a badge, and by mail."""
