"""When two channels fall short for the same cause."""

import pytest

from shadowing.backlog.figures import CoveredArea
from shadowing.backlog.same_cause.figures import SameCause
from shadowing.backlog.same_cause.rule import LowRatings, SharedCause, leading, shared_cause
from shadowing.backlog.same_cause.wording import and_more, covers, looks_like_one, where_proof_is
from shadowing.core.sentences import plain

PAYMENT = {"en": "Payment", "zh": "缴费"}


def low(total, factors=None, **reasons):
    return LowRatings(total, reasons, factors or {})


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (low(8, late=5), low(9, late=6, wrong=1), SharedCause(9, 6, "reason", "late")),
        (low(8, late=5), low(9, wrong=6, late=2), None),
        (low(8, {"process": 4}, late=5), low(9, {"process": 7}, wrong=6), SharedCause(9, 7, "factor", "process")),
        (low(8, {"process": 4}), low(9, {"people": 7}), None),
        (low(8, late=5), low(9, {"people": 7}), SharedCause(9)),
        (low(4, late=4), low(9, wrong=9), SharedCause(9)),
        (low(8), low(3), SharedCause(3)),
        (low(8, late=8), low(2, late=2), None),
        (low(0), low(9), None),
    ],
)
def test_leading_causes_have_to_meet_where_both_sides_name_one(here, there, expected):
    assert shared_cause(here, there) == expected


def test_what_leads_is_named_by_most_and_by_at_least_three_of_five():
    assert leading({"late": 4, "wrong": 4, "incomplete": 3}, 9) == ("late", "wrong")
    assert leading({"late": 2}, 9) == ()
    assert leading({"late": 4}, 4) == ()
    assert leading({}, 9) == ()


def test_it_is_said_with_its_counts():
    same = {"other_id": "7", "title": None, "touchpoint": PAYMENT, "channel": "counter", "level": "utility"}
    ids = {"merged_id": 7, "merged_revision": 1, "into_id": 8}

    said = plain(looks_like_one(SameCause(**same, shared=SharedCause(9, 6, "reason", "late"), **ids)), "en")
    unknown = plain(looks_like_one(SameCause(**same, shared=SharedCause(4), **ids)), "en")

    assert said == "The same by another channel (counter): 6 of 9 low ratings of Utility there also name “late”."
    assert unknown.startswith("The same by another channel (counter): 4 low ratings of Utility there, too.")


def test_what_one_covers_is_counted():
    areas = (CoveredArea("1", PAYMENT, "counter"), CoveredArea("2", PAYMENT, "app"))
    assert plain(covers(areas), "en") == "It covers 2 areas"
    assert plain(and_more(areas), "en") == "and one more area"
    assert "look at Payment, counter alone" in plain(where_proof_is(areas), "en")
