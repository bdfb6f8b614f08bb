"""The same done with several improvements at once, and taken back as a whole."""
