"""Goals: targets and from where each is inherited, the line of satisfaction, and how often everybody shadows."""
