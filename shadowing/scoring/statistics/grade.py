"""How much an area's evidence weighs: its grade, and whether it is fresh (DECISIONS 23)."""

FRESH_VISITS, FRESH_DAYS = 3, 90


def grade(rows: int, observers: int, days: int, age: int) -> str:
    """Evidence grade A to D; `days` are different days with rows, `age` is days since the last."""
    if rows >= 12 and observers >= 3 and days >= 5 and age <= 60:
        return "A"
    if rows >= 6 and observers >= 2 and days >= 3 and age <= 90:
        return "B"
    return "C" if rows >= 3 else "D"


def is_fresh(visits: int, age: int) -> bool:
    """At least 3 visits, the last at most 90 days ago."""
    return visits >= FRESH_VISITS and age <= FRESH_DAYS
