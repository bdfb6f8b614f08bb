"""The index over time: windows, target and what it is held against (METHOD 5.2)."""
