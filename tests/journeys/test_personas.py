"""Personas, what they need, and which touchpoints serve it."""

import pytest

from shadowing.core.vocabulary import Words
from shadowing.journeys import packs
from shadowing.journeys.editing import NotThere, TooMany, remove
from shadowing.journeys.personas import (
    MOST_PERSONAS,
    add_persona,
    find_persona,
    gaps,
    remove_persona,
    served_at,
    set_needs,
    set_served,
)

SEAT = Words(en="A seat", zh="有座")
QUIET = Words(en="Quiet", zh="安静")


@pytest.fixture
def draft():
    made = packs.load("hospital_outpatient")
    made["personas"] = []
    return made


def test_a_need_is_open_until_a_standing_touchpoint_serves_it(draft):
    old, ill = (add_persona(draft, Words(en=name, zh=name)) for name in ("old", "ill"))
    for key in (old, ill):
        set_needs(find_persona(draft, key), [SEAT, QUIET])
    assert [(gap.persona["en"], gap.need["en"]) for gap in gaps(draft)] == [
        ("old", "A seat"),
        ("old", "Quiet"),
        ("ill", "A seat"),
        ("ill", "Quiet"),
    ]

    seat = find_persona(draft, old)["needs"][0]["key"]
    set_served(draft, "waiting_room", [f"{old}:{seat}"])

    assert served_at(draft, "waiting_room") == {f"{old}:{seat}"}
    assert gaps(draft)[1].others == ({"en": "old", "zh": "old"},), "served for the one, open for the other"
    remove(draft, "waiting_room")
    assert len(gaps(draft)) == 4, "a touchpoint that is gone serves nobody"


def test_a_need_keeps_its_place_while_its_words_stay(draft):
    key = add_persona(draft, Words(en="old", zh="老"))
    persona = find_persona(draft, key)
    set_needs(persona, [SEAT, QUIET])
    first = persona["needs"][0]
    first["at"] = ["waiting_room"]

    set_needs(persona, [QUIET, SEAT, SEAT])

    assert [need["text"] for need in persona["needs"]] == [QUIET, SEAT]
    assert persona["needs"][1] is first


def test_choosing_none_serves_nobody(draft):
    key = add_persona(draft, Words(en="old", zh="老"))
    set_needs(find_persona(draft, key), [SEAT])
    mark = f"{key}:{find_persona(draft, key)['needs'][0]['key']}"
    set_served(draft, "payment", [mark])
    set_served(draft, "payment", [""])

    assert served_at(draft, "payment") == set()


def test_a_persona_that_is_gone_and_one_too_many(draft):
    key = add_persona(draft, Words(en="old", zh="老"))
    remove_persona(draft, key)
    with pytest.raises(NotThere):
        remove_persona(draft, key)
    for number in range(MOST_PERSONAS):
        add_persona(draft, Words(en=str(number), zh=str(number)))
    with pytest.raises(TooMany):
        add_persona(draft, Words(en="x", zh="x"))
