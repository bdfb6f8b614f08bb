"""From observations to scores: rows, fits, verdicts, and what is kept of them."""
