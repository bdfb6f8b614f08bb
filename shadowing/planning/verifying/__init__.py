"""A fix goes live, and the visits that are to prove it go into the plan."""
