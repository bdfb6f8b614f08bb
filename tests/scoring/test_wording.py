"""What is counted is said in words of the reader's language."""

from shadowing.core.sentences import plain
from shadowing.scoring.wording import visit_or_visits, visits


def test_visits_are_counted_alone_and_behind_their_number():
    assert [plain(visits(count), "en") for count in (1, 1200)] == ["One visit", "1,200 visits"]
    assert [plain(visit_or_visits(count), "en") for count in (1, 1200)] == ["visit", "visits"]
    assert plain(visits(1200), "zh") != plain(visits(1200), "en")
