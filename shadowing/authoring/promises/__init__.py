"""What we promise, where it was made, whether it is kept as seen, and who decided to keep or correct it."""
