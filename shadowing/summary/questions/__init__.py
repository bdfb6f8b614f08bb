"""The three questions of the week: what needs the word of those who decide, with what it costs to do nothing."""
