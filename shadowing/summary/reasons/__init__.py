"""Why we shadow: our own proofs first, what the field has found beside our own figures, practices that fit here."""
