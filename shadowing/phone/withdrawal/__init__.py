"""Customers take back what was noted beside them: erasing really, with a code and no name (DECISIONS 14)."""
