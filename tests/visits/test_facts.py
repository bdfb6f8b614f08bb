"""What one observation adds to the totals."""

from shadowing.visits.facts import facts_of


def test_everything_countable_is_counted_once():
    body = {
        "utility": 2,
        "emotion": -1,
        "timings": {"wait": 402.4, "service": None},
        "handover": "lost",
        "held_back": ["rule", "system", "rule"],
        "standards": {"greets": "met"},
        "factors": [{"factor": "service", "effect": "hurt"}, {"factor": "service", "effect": "hurt"}],
        "reasons": ["late", "cold"],
    }

    assert facts_of(body) == [
        ("utility", "2"),
        ("emotion", "-1"),
        ("wait", "402"),
        ("handover", "lost"),
        ("standard:greets", "met"),
        ("factor:service", "hurt"),
        ("held_back", "rule"),
        ("held_back", "system"),
        ("reason:utility", "late"),
    ]


def test_reasons_count_only_where_the_level_was_rated_low():
    assert facts_of({"utility": 4, "reasons": ["late"]}) == [("utility", "4")]


def test_nothing_said_is_nothing_counted():
    assert facts_of({}) == []
