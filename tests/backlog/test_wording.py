"""What is said of improvements follows from their figures."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shadowing.backlog.figures import BacklogPage, Event, ImprovementPage, ImprovementRow, Lenses, ListedItem
from shadowing.backlog.wording import (
    before_and_after,
    how_many_are_open,
    lens_value,
    lenses_told,
    origin,
    pull_apart,
    tension,
    title,
    visits_done,
    what_happened,
)
from shadowing.core.sentences import html, plain
from shadowing.core.vocabulary import SERVED
from shadowing.journeys.wording import served_forms
from shadowing.scoring.shapes import Estimate

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ITEM = ImprovementRow("1", None, "2", {"en": "Till", "zh": "收银"}, "counter", "utility", "proposed", "watch")
LISTED = ListedItem("1", "proposed", NOON, ITEM.touchpoint)
APART = Lenses({"customer": 1.0, "business": -0.5, "brand": 0.0}, "conflict")


WHO = served_forms(SERVED["patients"], "en")


def english(told):
    return plain(told, "en", UTC)


def test_the_backlog_opens_with_its_counts():
    shipped, proven = LISTED._replace(state="shipped", owner=7), LISTED._replace(state="verified", owner=7)

    assert english(how_many_are_open(BacklogPage(()))) == "Nothing open."
    assert html(how_many_are_open(BacklogPage((LISTED,))), "en") == "<b>One open</b>. One has no owner yet."
    told = how_many_are_open(BacklogPage((LISTED, shipped, LISTED, proven), verified_recently=1))
    assert english(told) == (
        "3 open, 1 waiting to be proved, 1 verified in the last 90 days. “Till” alone has 3. 2 have no owner yet."
    )
    assert "，" in plain(told, "zh") and ", " not in plain(told, "zh")


def test_without_a_title_level_and_place_stand_in():
    assert english(title(ITEM)) == "Utility: Till, counter"
    assert english(title(replace(ITEM, title="More <tills>"))) == "More <tills>"


def test_proof_is_told_only_while_and_after_it_is_sought():
    being_seen = replace(ITEM, state="verifying", visits_done=2, visits_planned=6)
    proven = replace(ITEM, state="verified", before=Estimate(2.0, 0.2), after=Estimate(4.0, 0.2))

    assert visits_done(ITEM) is None and before_and_after(ITEM) is None
    assert english(visits_done(being_seen)) == "2 of 6 visits"
    assert english(before_and_after(proven)) == "25 to 75"


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("rule", "Raised by rule on 20 Nov, evidence grade B"),
        ("serious", "Raised by a serious observation on 20 Nov, evidence grade B"),
        ("person", "Proposed by a person on 20 Nov, evidence grade B"),
    ],
)
def test_whatever_raised_it_is_named(by, said):
    assert english(origin(ImprovementPage(replace(ITEM, raised_by=by), 1, 1, NOON, (), "B"))) == said


def test_lenses_say_which_two_pull():
    assert english(pull_apart(APART)) == "Customer and Business pull apart"
    assert english(tension(APART)).startswith("Tension: Customer and Business. It needs a recorded decision")
    assert english(tension(replace(APART, tension="pull"))) == "Customer gains more than Business."
    assert pull_apart(Lenses({})) is None and tension(Lenses({})) == ()
    assert "Customer +1" in english(lenses_told(APART)) and "Business −½" in english(lenses_told(APART))


@pytest.mark.parametrize(("value", "said"), [(0.01, "0"), (1, "+1"), (-1, "−1"), (0.5, "+½"), (-0.5, "−½")])
def test_a_lens_is_written_in_halves(value, said):
    assert lens_value(value) == said


def test_a_fact_without_words_of_its_own_is_told():
    assert english(what_happened(Event(NOON, "", "evidence_withdrawn"), WHO)).startswith("A patient took back")
    assert english(what_happened(Event(NOON, "Wei", "edit"), WHO)) == "changed"
    assert what_happened(Event(NOON, "Wei", "comment", words="Ordered."), WHO) is None
