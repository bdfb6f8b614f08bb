"""Two sites or two channels side by side."""
