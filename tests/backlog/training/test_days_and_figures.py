"""On which side of a training a day is, and when a standard has moved. Pure."""

from datetime import date

import pytest

from shadowing.backlog.training.days import Days, days_before, days_since, held_on
from shadowing.backlog.training.figures import StandardLift, TrainingsPage
from shadowing.backlog.training.wording import before, how_many, moved, people_hurt, since
from shadowing.core.sentences import plain
from shadowing.core.vocabulary import Words
from shadowing.scoring.statistics.proportions import wilson

KEPT = {"departments": [], "standards": ["greets"], "held_on": None}
HELD = date(2026, 10, 12)
GREETING = Words(en="Greeted within 30 seconds", zh="30 秒内问候")


@pytest.mark.parametrize(
    ("said", "due", "ticked", "held"),
    [
        (None, None, None, None),
        ("2026-10-01", None, None, None),
        (None, None, HELD, HELD),
        (None, date(2026, 10, 5), HELD, date(2026, 10, 5)),
        (None, date(2026, 12, 5), HELD, HELD),
        ("2026-10-01", date(2026, 10, 5), HELD, date(2026, 10, 1)),
    ],
    ids=["ahead", "not ticked", "ticked", "ticked late", "ticked early", "said"],
)
def test_the_day_it_was_held(said, due, ticked, held):
    assert held_on({**KEPT, "held_on": said}, due, ticked) == held


def test_the_day_itself_is_on_neither_side():
    assert days_before(HELD, HELD) == Days(date(2026, 4, 15), date(2026, 10, 11))
    assert HELD not in days_before(HELD, HELD) and HELD not in days_since(HELD)
    assert date(2026, 10, 13) in days_since(HELD) and date(2026, 4, 14) not in days_before(HELD, HELD)


def test_while_it_is_ahead_all_of_the_window_is_before():
    assert days_before(None, HELD) == Days(date(2026, 4, 15), None)


def lift(met, of, met_since, of_since):
    return StandardLift(GREETING, wilson(met, of), wilson(met_since, of_since), "before", "since")


@pytest.mark.parametrize(
    ("figures", "slug"),
    [((2, 12, 9, 11), "more"), ((9, 11, 2, 12), "less"), ((4, 12, 7, 11), "unclear"), ((2, 12, 4, 4), None)],
)
def test_a_standard_has_moved_when_its_intervals_are_apart(figures, slug):
    assert lift(*figures).moved == slug
    assert (moved(lift(*figures)) is None) == (slug is None)


def told(sentence):
    return plain(sentence, "en")


def test_each_side_is_told_with_its_count_and_interval_and_few_in_words():
    each = lift(4, 12, 9, 11)
    assert told(before(each)) == "4 of 12 before (16% to 57%)"
    assert told(since(each.since)) == "9 of 11 since (57% to 94%)"
    few = lift(1, 4, 0, 0)
    assert told(before(few)) == "1 of 4 before, too few to say"
    assert told(since(few.since)) == "not checked since"
    assert told(since(wilson(3, 4))) == "3 of 4 since, too few to say"
    ahead = StandardLift(GREETING, wilson(0, 0), None, "before", "since")
    assert told(before(ahead)) == "never checked so far"


def test_people_who_hurt_are_told_with_the_figures():
    assert told(people_hurt(wilson(9, 14))) == "In 9 of 14 low ratings people hurt it (at least 43%)."


def test_nothing_is_said_over_an_empty_list():
    assert how_many(TrainingsPage((), (), ())) == ()
