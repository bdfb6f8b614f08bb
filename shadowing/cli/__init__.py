"""Commands. Each ends with exit 0, or a sentence on stderr and exit 1."""
