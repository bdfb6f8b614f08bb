"""Where an item is used and where a change went is said by number."""

import pytest

from shadowing.authoring.library.wording import also_where_used, changed, how_often_used, standards_that_come_along
from shadowing.core.sentences import plain


@pytest.mark.parametrize(
    ("told", "count", "said"),
    [
        (how_often_used, 0, "not used yet"),
        (how_often_used, 1, "used in one place"),
        (how_often_used, 4, "used in 4 places"),
        (also_where_used, 1, "Also in the one place where it is used"),
        (also_where_used, 4, "Also in all 4 places where it is used"),
        (standards_that_come_along, 1, "One standard comes along."),
        (standards_that_come_along, 0, "0 standards come along."),
        (changed, 0, "Changed in the library only."),
        (changed, 1, "Changed, also in one place of a draft. It counts there once that journey is published."),
        (changed, 4, "Changed, also in 4 places of drafts. It counts there once those journeys are published."),
    ],
)
def test_places_and_standards_are_counted(told, count, said):
    assert plain(told(count), "en") == said
