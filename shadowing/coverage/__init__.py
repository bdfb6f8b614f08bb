"""What has been seen, how fresh it is, what was overlooked, and where one more visit helps most."""
