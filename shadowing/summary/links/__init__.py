"""Links that open the summary to somebody without an account: they end by themselves and can be withdrawn."""
