"""Library items in drafts: taken over, found again, changed everywhere or not at all."""

import copy

import pytest

from shadowing.authoring.library.placements import put_standard, put_touchpoint, spread, standard_item, take, uses
from shadowing.journeys import packs
from shadowing.journeys.editing import MOST_STANDARDS, NotThere, TooMany, find

STANDARD = {"text": {"en": "Greets", "zh": "问候"}, "level": "delight", "kind": "standard", "limit_seconds": None}
PHRASE = {"en": "Too loud", "zh": "太吵"}


@pytest.fixture
def draft():
    return packs.load("hospital_outpatient")


def test_a_standard_taken_twice_changes_in_both_places(draft):
    for place in ("payment", "pharmacy"):
        assert take(draft, "standard", "7", STANDARD, place) == place
    changed = {**STANDARD, "text": {"en": "Says hello", "zh": "打招呼"}, "limit_seconds": 10}
    own = find(draft, "pharmacy")["standards"][-1]
    own["level"] = "utility"
    assert [(use.touchpoint, use.same) for use in uses(draft, "standard", "7", STANDARD)] == [
        ("payment", True),
        ("pharmacy", False),
    ]

    assert spread(draft, "standard", "7", STANDARD, changed) == 2

    texts = [find(draft, place)["standards"][-1] for place in ("payment", "pharmacy")]
    assert [(each["text"]["en"], each["limit_seconds"], each["level"]) for each in texts] == [
        ("Says hello", 10, "delight")
    ] * 2
    assert texts[0]["id"] != texts[1]["id"]


def test_what_is_not_from_the_library_stays(draft):
    before = copy.deepcopy(draft)

    assert spread(draft, "standard", "7", STANDARD, STANDARD) == 0
    assert spread(draft, "phrase", "7", PHRASE, {"en": "x", "zh": "x"}) == 0
    assert draft == before


def test_a_phrase_is_known_by_its_words(draft):
    take(draft, "phrase", "1", PHRASE, "payment")
    take(draft, "phrase", "1", PHRASE, "payment")
    place = find(draft, "payment")["phrases"].index(PHRASE)

    assert spread(draft, "phrase", "1", PHRASE, {"en": "Noise", "zh": "噪音"}) == 1
    assert find(draft, "payment")["phrases"][place] == {"en": "Noise", "zh": "噪音"}


def test_a_touchpoint_comes_with_standards_of_its_own_ids(draft):
    document = put_touchpoint(draft, "payment", "3")
    assert find(draft, "payment")["library"] == "3"
    assert "key" not in document and "library" not in document

    key = take(draft, "touchpoint", "3", document, "end")

    made, first = find(draft, key), find(draft, "payment")
    assert (made["name"], made["channels"]) == (first["name"], first["channels"])
    assert [each["text"] for each in made["standards"]] == [each["text"] for each in first["standards"]]
    assert not {each["id"] for each in made["standards"]} & {each["id"] for each in first["standards"]}
    assert [use.touchpoint for use in uses(draft, "touchpoint", "3", document)] == ["payment", key]


def test_full_and_gone(draft):
    with pytest.raises(NotThere):
        take(draft, "standard", "1", STANDARD, "nowhere")
    with pytest.raises(NotThere):
        put_standard(draft, "payment", "nothing", "1")
    while len(find(draft, "payment")["standards"]) < MOST_STANDARDS:
        take(draft, "standard", "1", STANDARD, "payment")
    with pytest.raises(TooMany):
        take(draft, "standard", "1", STANDARD, "payment")


def test_cutting_out_leaves_the_thing_as_it_was(draft):
    standard = find(draft, "payment")["standards"][0]
    before = copy.deepcopy(standard)

    assert "id" not in standard_item(standard)
    assert standard == before
