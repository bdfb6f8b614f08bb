"""What happened to an improvement, fact by fact, and what people say about it."""
