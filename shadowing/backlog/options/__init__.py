"""Two options for one area, side by side; choosing one is a recorded decision."""
