"""Whether a fix worked: what was seen since, by whom, what else moved, and whether it lasts (METHOD 6)."""
