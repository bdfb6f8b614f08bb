"""Photos and voice notes of visits: one intake, one erasing, one serving."""
