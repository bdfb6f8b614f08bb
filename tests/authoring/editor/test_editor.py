"""/journeys: written on one page, saved at every change, published as a version that says what it changes."""

import io
import json
import re

import pytest
from sqlalchemy import select

from shadowing.authoring.editor.drafts import published
from shadowing.authoring.editor.models import JourneyDraft
from shadowing.core.database import db
from shadowing.journeys import packs
from shadowing.journeys.editing import touchpoints
from shadowing.journeys.models import Area, Journey, JourneyVersion, Touchpoint
from shadowing.visits.models.totals import ScoreChange
from tests.conftest import a_visit, an_observation, touchpoint, work
from tests.support.fields import error_at, tags_in_line, typed_in


def page(answer):
    return answer.get_data(as_text=True)


def kept():
    db.session.rollback()
    return db.session.get(JourneyDraft, 1)


def place(key):
    db.session.rollback()
    return db.session.scalars(select(Touchpoint).where(Touchpoint.journey_id == 1, Touchpoint.key == key)).first()


def fields(client, key, journey=1):
    """What the inspector's form would send, untouched."""
    shown = page(client.get(f"/journeys/{journey}?t={key}"))
    form = tags_in_line(shown[shown.index("inspector") :])
    sent = {name: value for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]* value="([^"]*)"', form)}
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<', form):
        sent[name] = body
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body) or re.search(r'value="([^"]*)"', body)
        sent[name] = chosen[1]
    sent["channels"] = re.findall(r'name="channels" value="(\w+)" checked', form)
    if 'name="serves"' in form:
        sent["serves"] = ["", *re.findall(r'name="serves" value="([^"]+)" checked', form)]
    sent["revision"] = re.search(r'name="revision" value="(\d+)"', form)[1]
    return {name: html(value) for name, value in sent.items()}


def html(value):
    if isinstance(value, list):
        return value
    for entity, sign in (("&#34;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        value = value.replace(entity, sign)
    return value


def save(client, key, **changed):
    return client.post(f"/journeys/1/touchpoints/{key}", data={**fields(client, key), **changed})


def publish(client):
    answer = client.post("/journeys/1/publish", data={"revision": kept().revision})
    assert answer.status_code == 303, page(answer)
    return answer


def test_saving_what_is_there_changes_nothing(lena):
    for key in ("payment", "waiting_room", "word_of_mouth"):
        assert save(lena, key).status_code == 303

    assert "Nothing differs" in page(lena.get("/journeys/1/publish"))


def test_saving_the_journey_as_it_is_changes_nothing(lena):
    lena.post("/journeys/1/whole", data=fields(lena, ""))

    assert "Nothing differs" in page(lena.get("/journeys/1/publish"))


@pytest.mark.engine("sqlite")  # what is compared are words, the same on any engine
@pytest.mark.parametrize("pack", packs.available())
def test_saving_any_place_of_any_pack_as_it_is_changes_nothing(lena, pack):
    lena.post("/journeys", data={"source": pack})
    journey = db.session.scalar(select(Journey).order_by(Journey.id.desc()))
    for key in ["", *(place["key"] for _, place in touchpoints(packs.load(pack)))]:
        address = f"touchpoints/{key}" if key else "whole"
        answer = lena.post(f"/journeys/{journey.id}/{address}", data=fields(lena, key, journey.id))
        assert answer.status_code == 303, (key, re.findall(r'id="(.*)-error"', page(answer)))

    db.session.rollback()
    assert db.session.get(JourneyDraft, journey.id).document == published(journey)


def test_a_change_is_a_draft_until_it_is_published(lena, olga):
    before = olga.get("/api/v1/carry").get_json()["journeys"][0]

    save(lena, "payment", name_en="Paying", name_zh="付款", longest_wait="7.5", target_delight="80", volume="")

    assert olga.get("/api/v1/carry").get_json()["journeys"][0] == before
    shown = page(lena.get("/journeys/1/publish"))
    assert "Now called Paying" in shown and "7 min" in shown and "63 → 80" in shown
    publish(lena)
    after = olga.get("/api/v1/carry").get_json()["journeys"][0]
    paying = touchpoint(after, "payment")
    assert (after["version"], paying["name"]["zh"], paying["longest_wait_seconds"]) == (2, "付款", 450)
    assert (paying["targets"]["delight"], place("payment").volume) == (4.2, None)
    assert kept() is None


def test_a_touchpoint_keeps_its_id_and_what_was_seen_there(lena, olga, app, journey):
    visit = a_visit(journey)
    seen = an_observation(journey, visit, "payment", utility=2)
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)
    id = place("payment").id

    lena.post("/journeys/1/map", data={"do": "up:payment", "revision": "0"})
    publish(lena)

    assert place("payment").id == id
    assert db.session.scalar(select(ScoreChange.id)) is not None, "targets may have changed: scores are judged anew"
    late = an_observation(journey, visit, "payment", utility=4)
    assert olga.put(f"/api/v1/observations/{late['id']}", json=late).status_code == 201


def test_what_was_seen_outlives_its_touchpoint(lena, olga, journey):
    visit = a_visit(journey)
    seen = an_observation(journey, visit, "payment", utility=2)

    olga.put(f"/api/v1/visits/{visit['id']}", json=visit)
    before = an_observation(journey, visit, "payment", utility=1)
    olga.put(f"/api/v1/observations/{before['id']}", json=before)
    lena.post("/journeys/1/map", data={"do": "remove:payment", "revision": "0"})
    assert "The one observation made there stays and is counted" in page(lena.get("/journeys/1/publish"))
    publish(lena)

    assert place("payment").removed_at is not None
    answer = olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]}).get_json()
    assert [each["status"] for each in answer["results"]] == [200, 201]


def test_a_new_touchpoint_is_walked_in_its_channels(lena, olga):
    answer = lena.post("/journeys/1/map", data={"do": "add:core", "revision": "0"})
    key = re.search(r"t=(t_\w+)", answer.location)[1]
    save(lena, key, name_en="Blood pressure", name_zh="量血压", channels=["person"], own_channel="Robot dog, place")
    publish(lena)

    place_id = place(key).id
    areas = db.session.scalars(select(Area.channel).where(Area.touchpoint_id == place_id).order_by(Area.id)).all()
    assert areas == ["person", "robot dog", "place"]
    assert touchpoint(olga.get("/api/v1/carry").get_json()["journeys"][0], key)["name"]["en"] == "Blood pressure"


def test_standards_promises_and_questions(lena, olga):
    save(lena, "payment", do="add_standard")
    new = kept().document["stages"][2]["touchpoints"][3]["standards"][-1]["id"]
    assert "A standard has no words yet" in page(lena.get("/journeys/1/publish"))
    assert lena.post("/journeys/1/publish", data={"revision": kept().revision}).location.endswith("/publish")

    save(lena, "payment", **{f"{new}-text_en": "“Where is the exit?”", f"{new}-kind": "probe", f"{new}-limit": ""})
    assert "has no right answer yet" in page(lena.get("/journeys/1/publish"))
    save(lena, "payment", **{f"{new}-answer_en": "Left"})
    publish(lena)

    travels = touchpoint(olga.get("/api/v1/carry").get_json()["journeys"][0], "payment")["standards"][-1]
    assert (travels["kind"], travels["answer"]["en"]) == ("probe", "Left")
    save(lena, "payment", do=f"remove_standard:{new}")
    assert "Standard removed" in page(lena.get("/journeys/1/publish"))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("longest_wait", "soon", "Write a number"),
        ("longest_wait", "-1", "out of range"),
        ("longest_wait", "1e999", "Write a number"),
        ("longest_wait", "nan", "Write a number"),
        ("volume", "99999999999", "out of range"),
        ("target_utility", "101", "out of range"),
        ("own_channel", "<b>", "letters and digits"),
        ("need_en", "word " * 300, "too long"),
        ("name_zh", "名" * 121, "too long"),
        ("phrases", "x" * 121, "too long"),
        ("phrases", "line\n" * 41, "more lines"),
        ("within_10min-text_en", "x" * 1001, "too long"),
        ("within_10min-limit", "2592001", "out of range"),
    ],
)
def test_a_wrong_field_is_named_and_the_others_are_kept(lena, field, value, sentence):
    answer = save(lena, "payment", name_en="Paying", **{field: value})

    assert answer.status_code == 422
    assert sentence in page(answer)
    assert value.strip() in html(page(answer)), "what was typed is there to be mended"
    assert place("payment").name["en"] == "Payment"
    document = kept().document["stages"][2]["touchpoints"][3]
    assert document["name"]["en"] == ("Payment" if field == "name_zh" else "Paying")
    assert document["longest_wait_seconds"] == place("payment").longest_wait_seconds


def test_what_is_wrong_is_tied_to_its_field(lena):
    answer = save(lena, "payment", volume="many", name_en="x" * 121)
    assert error_at(answer, "volume") == "Write a number." and typed_in(answer, "volume") == "many"
    assert error_at(answer, "name_en") == "This is too long; nothing of it was cut or kept."
    assert error_at(answer, "need_en") == ""

    nameless = lena.post("/journeys", data={"source": "nowhere", "name": " \x00"})
    long = lena.post("/journeys", data={"name": "x" * 121})

    assert error_at(nameless, "name") == "Choose a ready journey, a file, or fill in a name."
    assert (error_at(long, "name"), typed_in(long, "name")) == (
        "This name is too long; 120 signs at most.",
        "x" * 121,
    )


def test_lines_that_are_too_long_keep_what_was_there(lena):
    said = fields(lena, "")
    answer = lena.post("/journeys/1/whole", data={**said, "anchor_utility_2_en": "x" * 121, "consent_zh": "问" * 1001})

    assert answer.status_code == 422
    assert page(answer).count("too long") == 2
    before = packs.load("hospital_outpatient")
    assert (kept().document["anchors"], kept().document["consent"]) == (before["anchors"], before["consent"])


def test_a_journey_has_no_room_for_everything(lena):
    document = packs.load("hotel")
    document["stages"][2]["touchpoints"] = [{**PLAIN, "key": f"k{number}"} for number in range(290)]
    lena.post("/journeys", data={"file": (io.BytesIO(json.dumps(document).encode()), "j.json")})
    total = sum(1 for _ in touchpoints(published(db.session.get(Journey, 2))))
    for number in range(300 - total):
        assert lena.post("/journeys/2/map", data={"do": "add:end", "revision": number}).status_code == 303

    answer = lena.post("/journeys/2/map", data={"do": "add:end", "revision": 300 - total})

    assert answer.status_code == 422
    assert "A journey has 300 touchpoints and 40" in page(answer)


def test_a_stage_may_be_empty_but_not_the_whole_journey(lena, olga):
    lena.post("/journeys", data={"name": "Short"})
    assert "no touchpoint yet" in page(lena.get("/journeys/2/publish")) or lena.post(
        "/journeys/2/map", data={"do": "add:core", "revision": 0}
    )
    assert lena.post("/journeys/2/publish", data={"revision": 1}).location.endswith("/journeys/2")

    short = olga.get("/api/v1/carry").get_json()["journeys"][1]
    assert [len(stage["touchpoints"]) for stage in short["stages"]] == [0, 0, 1, 0]
    lena.post("/journeys/2/map", data={"do": f"remove:{short['stages'][2]['touchpoints'][0]['key']}", "revision": 0})
    assert "There is no touchpoint yet" in page(lena.get("/journeys/2/publish"))


def test_names_that_are_empty_or_twice_are_told(lena):
    assert "Fill in a name" in page(save(lena, "payment", name_en=" ", name_zh=""))
    save(lena, "payment", name_en="Consultation")

    assert "has the same name" in page(lena.get("/journeys/1/publish"))


def test_of_two_who_edit_the_second_is_told_and_loses_nothing(lena, as_):
    anna, hers = as_("anna"), fields(lena, "payment")
    save(anna, "payment", name_en="Till")

    answer = lena.post("/journeys/1/touchpoints/payment", data={**hers, "name_en": "Paying", "volume": "77"})

    assert answer.status_code == 409
    shown = page(answer)
    assert "Anna changed this draft too" in shown and 'value="Paying"' in shown and 'value="77"' in shown
    assert 'name="revision" value="1"' in shown, "saving again is possible"
    assert kept().document["stages"][2]["touchpoints"][3]["name"]["en"] == "Till"


def test_a_script_that_saves_gets_the_number_or_what_is_wrong(lena):
    said = fields(lena, "payment")
    by_script = {"X-Saved-By": "script"}

    def send(**changed):
        return lena.post("/journeys/1/touchpoints/payment", data={**said, **changed}, headers=by_script)

    fine, wrong, stale = send(volume="5"), send(revision="1", volume="x"), send()

    assert (fine.status_code, fine.get_json()) == (200, {"revision": 1, "wrong": {}})
    assert (wrong.status_code, wrong.get_json()["wrong"]) == (422, {"volume": "Write a number."})
    assert (stale.status_code, stale.get_json()["revision"]) == (409, 1), "what was wrong made no other draft"


def test_only_the_draft_that_was_looked_at_is_published(lena):
    save(lena, "payment", volume="5")
    assert lena.post("/journeys/1/publish", data={"revision": "7"}).status_code == 409
    publish(lena)
    assert lena.post("/journeys/1/publish", data={"revision": "1"}).status_code == 409

    db.session.rollback()
    assert db.session.get(Journey, 1).version == 2


def test_a_draft_can_be_given_up(lena):
    save(lena, "payment", name_en="Paying")

    lena.post("/journeys/1/draft/removal")

    assert "Paying" not in page(lena.get("/journeys/1?t=payment"))


def test_other_words_for_the_customer_are_another_text(lena, olga):
    said = fields(lena, "")
    lena.post("/journeys/1/whole", data={**said, "consent_en": "May I come along?", "purposes": "one | 一\ntwo"})
    publish(lena)

    carried = olga.get("/api/v1/carry").get_json()["journeys"][0]
    assert (carried["consent"]["en"], carried["consent"]["text_version"]) == ("May I come along?", "2026-2")
    assert [each["name"] for each in carried["purposes"]] == [{"en": "one", "zh": "一"}, {"en": "two", "zh": "two"}]


def test_versions_stay_as_they_were(lena):
    save(lena, "payment", name_en="Paying")
    publish(lena)

    db.session.rollback()
    first = db.session.get(JourneyVersion, (1, 1)).snapshot
    assert first["stages"][2]["touchpoints"][3]["name"]["en"] == "Payment"


def test_an_archived_journey_is_no_longer_offered(lena, olga):
    lena.post("/journeys/1/archive", data={"step": "archive"})
    assert olga.get("/api/v1/carry").get_json()["journeys"] == []

    lena.post("/journeys/1/archive", data={"step": "open"})
    assert len(olga.get("/api/v1/carry").get_json()["journeys"]) == 1


def test_from_a_pack_from_nothing_and_from_a_copy(lena):
    assert lena.post("/journeys", data={"source": "hotel"}).location.startswith("/journeys/2")
    assert lena.post("/journeys", data={"name": "  Our\x00 own \n way "}).location.startswith("/journeys/3")
    lena.post("/journeys/2/copy")

    shown = page(lena.get("/journeys"))
    assert all(name in shown for name in ("Hotel stay", "Our own way", "Hotel stay (copy)"))


@pytest.mark.parametrize("pack", packs.available())
def test_there_and_back_as_a_file(lena, pack):
    lena.post("/journeys", data={"source": pack})
    raw = lena.get("/journeys/2/journey.json").data

    assert lena.post("/journeys", data={"file": (io.BytesIO(raw), "j.json")}).location == "/journeys/3"
    again = json.loads(lena.get("/journeys/3/journey.json").data)
    first = json.loads(raw)
    assert again["stages"] == first["stages"]
    assert (again["anchors"], again["name"], again["personas"]) == (first["anchors"], first["name"], first["personas"])


PLAIN = {"key": "k", "name": {"en": "n"}, "channels": ["a"]}
SOURCED = {"id": "sourced", "text": {"en": "x"}}


def test_what_a_file_leaves_out_is_filled_in(lena):
    document = packs.load("hotel")
    document["consent"] = {"zh": "我可以\x00一起走吗？"}
    document["stages"][0]["touchpoints"][0].update(
        channels=["Robot dog", "web", "robot dog"],
        standards=[{**SOURCED, "basis": {"kind": "C", "text": {"zh": "章程"}}}],
    )
    lena.post("/journeys", data={"file": (io.BytesIO(json.dumps(document).encode()), "j.json")})

    made = published(db.session.get(Journey, 2))
    assert made["consent"] == {"text_version": "2026-1", "en": "我可以一起走吗？", "zh": "我可以一起走吗？"}
    first = made["stages"][0]["touchpoints"][0]
    assert (first["channels"], first["standards"][0]["basis"]["text"]["en"]) == (["robot dog", "web"], "章程")
    assert lena.get(f"/journeys/2?t={first['key']}").status_code == 200


def broken(change):
    document = json.loads(json.dumps(packs.load("hotel")))
    change(document)
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"9" * 6000,
        b"[]",
        b"\xff\xfe",
        b'{"format": "other"}',
        b"[" * 100_000,
        broken(lambda d: d.update(stages=[])),
        broken(lambda d: d["stages"].reverse()),
        broken(lambda d: d["stages"][0]["touchpoints"][0].update(channels=[])),
        broken(lambda d: d["stages"][0]["touchpoints"][0].update(name={"en": "", "zh": None})),
        broken(lambda d: d["stages"][0]["touchpoints"][0].update(targets={"utility": 9})),
        broken(lambda d: d["stages"][2].update(touchpoints=[PLAIN] * 301)),
        broken(lambda d: d.update(consent="yes")),
        broken(lambda d: d.update(consent={})),
        broken(lambda d: d.update(consent={"en": "", "zh": " "})),
        broken(lambda d: d.update(consent={"en": 7})),
        broken(lambda d: d["stages"][0]["touchpoints"][0].update(channels=["<script>"])),
        broken(lambda d: d["stages"][0]["touchpoints"][0].update(channels=["\ud800"])),
        broken(lambda d: d["stages"][0]["touchpoints"][0]["standards"].append({**SOURCED, "basis": "a law"})),
        broken(lambda d: d["stages"][0]["touchpoints"][0]["standards"].append({**SOURCED, "basis": {"text": "x"}})),
    ],
)
def test_a_broken_file_is_refused_whole(lena, raw):
    answer = lena.post("/journeys", data={"file": (io.BytesIO(raw), "j.json")})

    assert answer.status_code == 422
    assert "Nothing of this file was kept" in page(answer)
    db.session.rollback()
    assert db.session.query(Journey).count() == 1


@pytest.mark.parametrize("do", ["", "up:nobody", "add:nowhere", "remove:", "place:", "fly:payment"])
def test_moves_that_are_none(lena, do):
    assert lena.post("/journeys/1/map", data={"do": do, "revision": "0"}).status_code in (303, 404)
    assert lena.post("/journeys/1/map", data={"do": do, "revision": "x" * 20}).status_code == 409


def test_journeys_that_are_none_of_ours(lena):
    assert lena.get("/journeys/99").status_code == 404
    assert lena.post("/journeys/1/touchpoints/nobody", data={"revision": "0"}).status_code == 404
    assert lena.post("/journeys", data={}).status_code == 422
