"""What is said before anything is proven."""

from shadowing.core.sentences import plain
from shadowing.summary.reasons.wording import nothing_proven, visits_behind


def test_visits_are_counted_in_words():
    assert [plain(visits_behind(n), "en") for n in (1, 1200)] == ["one visit", "1,200 visits"]


def test_nothing_proven_says_how_far_we_are():
    end = "The first one that is seen again and holds will stand here."
    assert plain(nothing_proven(0), "en") == f"No fix is proven yet. {end}"
    assert plain(nothing_proven(1), "en") == f"No fix is proven yet. One visit is the beginning. {end}"
    assert plain(nothing_proven(40), "en") == f"No fix is proven yet. 40 visits are the beginning. {end}"
