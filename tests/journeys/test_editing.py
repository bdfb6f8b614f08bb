"""A draft: touchpoints are added, moved and removed, and nothing of it is lost on the way."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowing.core.vocabulary import STAGE_KINDS, Words
from shadowing.journeys import editing, packs
from shadowing.journeys.differences import KINDS, differences
from shadowing.journeys.editing import (
    NotThere,
    TooMany,
    add,
    add_standard,
    find,
    place_before,
    remove,
    step,
    touchpoints,
)

NEW = Words(en="New", zh="新")


@pytest.fixture
def draft():
    return packs.load("hospital_outpatient")


def keys(draft):
    return [[row["key"] for row in stage["touchpoints"]] for stage in draft["stages"]]


def kinds(old, new):
    return [each.what for each in differences(old, new)]


def test_a_new_touchpoint_stands_at_the_end_of_its_stage_with_a_key_of_its_own(draft):
    first, second = add(draft, "core", NEW), add(draft, "core", NEW)

    assert keys(draft)[2][-2:] == [first, second]
    assert find(draft, first)["targets"] == {"utility": 4.0, "usability": 3.8, "delight": 3.5}


def test_steps_lead_over_the_edge_of_a_stage(draft):
    last_of_pre, first_of_first = keys(draft)[0][-1], keys(draft)[1][0]

    step(draft, last_of_pre, +1)
    assert keys(draft)[1][:2] == [last_of_pre, first_of_first]
    step(draft, last_of_pre, -1)
    assert keys(draft)[0][-1] == last_of_pre
    step(draft, keys(draft)[0][0], -1)
    assert keys(draft) == keys(packs.load("hospital_outpatient"))


def test_dropped_before_another_or_at_the_end(draft):
    place_before(draft, "payment", "pre", "adverts")
    assert keys(draft)[0] == ["word_of_mouth", "payment", "adverts"]
    place_before(draft, "payment", "end", None)
    assert keys(draft)[3][-1] == "payment"


@pytest.mark.parametrize(
    ("key", "kind", "before"), [("x", "pre", None), ("payment", "x", None), ("payment", "pre", "x")]
)
def test_what_is_not_there_moves_nothing(draft, key, kind, before):
    was = copy.deepcopy(draft)

    with pytest.raises(NotThere):
        place_before(draft, key, kind, before)
    assert draft == was


@given(st.lists(st.tuples(st.integers(0, 13), st.sampled_from([-1, 1, *STAGE_KINDS])), max_size=30))
def test_whatever_is_moved_nothing_is_lost_or_doubled(moves):
    draft = packs.load("hospital_outpatient")
    all_of_them = sorted(row["key"] for _, row in touchpoints(draft))
    for number, how in moves:
        key = all_of_them[number]
        if isinstance(how, int):
            step(draft, key, how)
        else:
            place_before(draft, key, how, None)

    assert sorted(row["key"] for _, row in touchpoints(draft)) == all_of_them


def test_a_journey_nobody_could_walk_is_refused(draft):
    with pytest.raises(TooMany):
        for _ in range(editing.MOST_TOUCHPOINTS):
            add(draft, "core", NEW)
    with pytest.raises(TooMany):
        for _ in range(editing.MOST_STANDARDS + 1):
            add_standard(find(draft, "payment"))


def test_nothing_changed_is_no_difference(draft):
    assert differences(draft, copy.deepcopy(draft)) == []


def test_one_moved_touchpoint_is_one_difference_not_fourteen(draft):
    old = copy.deepcopy(draft)
    place_before(draft, "wayfinding", "first", "booking")

    assert [(each.what, each.name["en"]) for each in differences(old, draft)] == [("moved", "Finding the way")]


def test_each_change_is_named(draft):
    old = copy.deepcopy(draft)
    payment = find(draft, "payment")
    payment.update(
        name=Words(en="Paying", zh="付款"), need=NEW, longest_wait_seconds=60, volume_per_month=7, department=1
    )
    payment["phrases"] = []
    payment["channels"] = ["web", *payment["channels"][1:]]
    payment["targets"]["delight"], payment["importance"]["brand"] = 4.5, 1
    payment["standards"][0]["text"] = NEW
    payment["standards"].pop()
    add_standard(payment)
    remove(draft, "tests")
    add(draft, "end", NEW)
    place_before(draft, "adverts", "end", None)
    draft.update(
        served="guests",
        name=NEW,
        need=NEW,
        anchors={},
        purposes=[],
        personas=[],
        consent={**draft["consent"], "en": "May I?"},
    )

    assert set(kinds(old, draft)) == set(KINDS)
