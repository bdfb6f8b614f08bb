"""/journeys/library: written once, taken into journeys, changed everywhere or only here."""

import pytest

from shadowing.authoring.editor.models import JourneyDraft
from shadowing.authoring.library.models import LibraryItem
from shadowing.core.database import db
from tests.authoring.editor.test_editor import fields, page
from tests.support.fields import error_at, tags_in_line, typed_in

GREETS = {
    "kind": "standard",
    "item-text_en": "Greets",
    "item-text_zh": "问候",
    "item-level": "delight",
    "item-kind": "standard",
}


def item(id=1):
    db.session.rollback()
    return db.session.get(LibraryItem, id)


def draft(journey=1):
    db.session.rollback()
    return db.session.get(JourneyDraft, journey)


def standards(journey, key):
    document = draft(journey).document
    return [s for stage in document["stages"] for t in stage["touchpoints"] if t["key"] == key for s in t["standards"]]


def save(client, id=1, **changed):
    return client.post(f"/journeys/library/{id}", data={**GREETS, "revision": item(id).revision, **changed})


def test_a_standard_is_written_taken_and_changed_everywhere(lena, olga):
    lena.post("/journeys", data={"source": "hotel"})
    assert lena.post("/journeys/library", data=GREETS).location == "/journeys/library/1"
    assert lena.post("/journeys/library/1/taking", data={"place": "1:payment"}).location.startswith(
        "/journeys/1?t=payment"
    )
    lena.post("/journeys/library/1/taking", data={"place": "2:check_in"})
    shown = page(lena.get("/journeys/library/1"))
    assert "Payment" in shown and "Hotel stay" in shown and "Also in all 2 places" in shown

    save(lena, scope="everywhere", **{"item-text_en": "Says hello"})

    assert [standards(1, "payment")[-1]["text"]["en"], standards(2, "check_in")[-1]["text"]["en"]] == ["Says hello"] * 2
    carried = str(olga.get("/api/v1/carry").get_json()["journeys"])
    assert "Says hello" not in carried, "only what is published travels"


def test_here_only_leaves_journeys_alone(lena):
    lena.post("/journeys/library", data=GREETS)
    lena.post("/journeys/library/1/taking", data={"place": "1:payment"})

    save(lena, scope="here", **{"item-text_en": "Says hello"})

    assert standards(1, "payment")[-1]["text"]["en"] == "Greets"
    assert "in words of its own" in page(lena.get("/journeys/library/1"))
    assert item().document["text"]["en"] == "Says hello"


def test_it_is_still_known_after_publishing(lena):
    lena.post("/journeys/library", data=GREETS)
    lena.post("/journeys/library/1/taking", data={"place": "1:payment"})
    lena.post("/journeys/1/publish", data={"revision": draft().revision})

    assert "used in one place" in page(lena.get("/journeys/library"))
    save(lena, scope="everywhere", **{"item-text_en": "Says hello"})
    assert "Says hello" in page(lena.get("/journeys/1/publish"))


def test_from_a_journey_into_the_library_with_what_was_just_written(lena):
    said = fields(lena, "payment")

    answer = lena.post("/journeys/1/library", data={**said, "standard": "within_10min", "name_en": "Paying"})

    assert answer.location == "/journeys/library/1"
    assert (item().kind, item().document["limit_seconds"]) == ("standard", 600)
    assert standards(1, "payment")[1]["library"] == "1"
    assert draft().document["stages"][2]["touchpoints"][3]["name"]["en"] == "Paying"
    assert "From the library" in page(lena.get("/journeys/1?t=payment"))


def test_a_touchpoint_as_a_template(lena):
    lena.post("/journeys/1/library", data={"t": "payment"})
    shown = page(lena.get("/journeys/library/1"))
    assert 'value="Payment"' in shown and "standards come along" in shown
    lena.post("/journeys/library/1/taking", data={"place": "1:end"})

    template = {
        "name_en": "Paying",
        "name_zh": "付款",
        "channels": ["web"],
        "longest_wait": "5",
        "phrases": "",
        "revision": 1,
    }
    lena.post("/journeys/library/1", data={**template, "scope": "everywhere"})

    names = [t["name"]["en"] for stage in draft().document["stages"] for t in stage["touchpoints"]]
    assert names.count("Paying") == 2
    assert len(standards(1, "payment")) == 7, "standards of places stay"


def test_phrases(lena):
    lena.post("/journeys/library", data={"kind": "phrase", "item-text_zh": "太吵"})
    answer = lena.post("/journeys/library/1/taking", data={"place": "1:payment"})

    assert answer.status_code == 303
    assert {"en": "太吵", "zh": "太吵"} in draft().document["stages"][2]["touchpoints"][3]["phrases"]


def test_of_two_who_change_it_the_second_is_told(lena, as_):
    lena.post("/journeys/library", data=GREETS)
    save(lena, **{"item-text_en": "Says hello"})

    answer = as_("anna").post("/journeys/library/1", data={**GREETS, "revision": "1", "item-text_en": "Waves"})

    assert answer.status_code == 409 and 'value="Waves"' in page(answer)


def test_out_of_the_library_journeys_keep_it(lena):
    lena.post("/journeys/library", data=GREETS)
    lena.post("/journeys/library/1/taking", data={"place": "1:payment"})
    lena.post("/journeys/library/1/removal")

    assert lena.get("/journeys/library/1").location == "/journeys/library"
    assert lena.post("/journeys/library/1/taking", data={"place": "1:payment"}).status_code == 404
    assert standards(1, "payment")[-1]["text"]["en"] == "Greets"
    assert lena.get("/journeys/1?t=payment").status_code == 200


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 404),
        ({"kind": "touchpoint"}, 404),
        ({"kind": "standard"}, 422),
        ({"kind": "standard", "item-text_en": "x" * 1001}, 422),
        ({"kind": "standard", "item-text_en": "x", "item-limit": "soon"}, 422),
        ({"kind": "phrase", "item-text_en": "x" * 121}, 422),
        ({"kind": "phrase", "item-text_en": "\x00"}, 422),
    ],
)
def test_what_is_none(lena, fields, status):
    assert lena.post("/journeys/library", data=fields).status_code == status
    db.session.rollback()
    assert db.session.query(LibraryItem).count() == 0


def test_what_is_wrong_stands_at_its_field(lena):
    new = lena.post("/journeys/library", data={**GREETS, "item-limit": "soon"})
    assert error_at(new, "item-limit") == "Write a number." and typed_in(new, "item-limit") == "soon"
    assert (typed_in(new, "item-text_zh"), typed_in(new, "item-level")) == ("问候", "delight")
    assert (error_at(new, "item-text_en", 1), typed_in(new, "item-text_zh", 1)) == ("", ""), "a phrase is another form"
    lena.post("/journeys/library", data=GREETS)

    changed = save(lena, scope="here", **{"item-text_en": " ", "item-text_zh": "x" * 1001})
    nowhere = lena.post("/journeys/library/1/taking", data={"place": "1:nowhere"})

    assert error_at(changed, "item-text_zh") == "This is too long; nothing of it was cut or kept."
    assert error_at(nowhere, "place") == "That place was removed meanwhile. Choose another one."
    assert typed_in(nowhere, "item-text_en") == "Greets"


def test_a_template_shows_again_what_was_typed(lena):
    lena.post("/journeys/1/library", data={"t": "payment"})
    said = {"name_en": "Paying", "longest_wait": "long", "channels": ["web"], "phrases": "a | b", "revision": "1"}

    answer = lena.post("/journeys/library/1", data=said)

    assert answer.status_code == 422 and error_at(answer, "longest_wait") == "Write a number."
    assert [typed_in(answer, name) for name in ("name_en", "longest_wait", "phrases")] == ["Paying", "long", "a | b"]
    shown = tags_in_line(page(answer))
    assert 'value="web" checked' in shown and 'value="person" checked' not in shown


@pytest.mark.parametrize("where", ["", "x", "1:nowhere", "٣:payment", "1:"])
def test_places_that_are_none(lena, where):
    lena.post("/journeys/library", data=GREETS)

    assert lena.post("/journeys/library/1/taking", data={"place": where}).status_code == 422
    assert lena.post("/journeys/library/1/taking", data={"place": "77:payment"}).status_code == 404
    assert draft() is None


def test_what_is_not_there(lena, olga, emil):
    assert lena.get("/journeys/library/9").status_code == 404
    assert lena.post("/journeys/1/library", data={"t": "nowhere"}).status_code == 404
    assert olga.get("/journeys/library").status_code == 403
    assert emil.get("/journeys/library").status_code == 403
