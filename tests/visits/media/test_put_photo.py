"""PUT /photos: durable before acknowledged, derived by the worker, shown only then."""

import base64
import hashlib
import io
import uuid

import pytest
from PIL import Image
from sqlalchemy import select

from shadowing.core.bytes.store import received_key, store
from shadowing.core.database import db, reading
from shadowing.visits.media.models import Photo
from shadowing.visits.models.visit import Observation
from tests.conftest import a_visit, an_observation, work


def jpeg(color="red", size=(640, 480), **kwargs):
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "JPEG", **kwargs)
    return out.getvalue()


def cut_to_nothing():
    """A picture whose header is whole and of which nothing can be seen."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((1200, 900)).save(out, "PNG")
    return out.getvalue()[:60]


def put(client, raw, photo_id=None, observation=None, digest=True, **headers):
    photo_id, observation = photo_id or uuid.uuid4(), observation or uuid.uuid4()
    if digest:
        said = base64.b64encode(hashlib.sha256(raw).digest()).decode()
        headers.setdefault("Content-Digest", f"sha-256=:{said}:")
    return client.put(
        f"/api/v1/photos/{photo_id}?observation={observation}", data=raw, content_type="image/jpeg", headers=headers
    )


def test_a_photo_is_kept_and_again_is_harmless(olga):
    raw, photo_id = jpeg(), uuid.uuid4()

    first, again = put(olga, raw, photo_id), put(olga, raw, photo_id)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    assert first.get_json() == {
        "id": str(photo_id),
        "sha256": hashlib.sha256(raw).hexdigest(),
        "bytes": len(raw),
        "width": 640,
        "height": 480,
    }
    assert store().get(received_key(photo_id, hashlib.sha256(raw).hexdigest())) == raw


def test_other_bytes_under_the_same_id_are_a_conflict(olga):
    photo_id = uuid.uuid4()
    put(olga, jpeg("red"), photo_id)

    answer = put(olga, jpeg("blue"), photo_id)

    assert (answer.status_code, answer.get_json()["code"]) == (409, "photo_conflict")


def test_bytes_that_changed_on_the_way_are_refused(olga):
    answer = put(olga, jpeg(), digest=False, **{"Content-Digest": "sha-256=:AAAA:"})

    assert (answer.status_code, answer.get_json()["code"]) == (400, "bad_digest")
    assert db.session.query(Photo).count() == 0


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"", 411, "length_required"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", 415, "not_a_photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "not_a_photo"),
        (b"<html>", 415, "not_a_photo"),
        (jpeg()[:60], 415, "not_a_photo"),
    ],
)
def test_what_is_no_photo_is_refused(olga, raw, status, code):
    answer = put(olga, raw)

    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_a_picture_of_too_many_pixels_is_refused_by_its_header(olga):
    out = io.BytesIO()
    Image.new("1", (20_001, 8)).save(out, "PNG")

    answer = put(olga, out.getvalue())

    assert (answer.status_code, answer.get_json()["code"]) == (422, "photo_too_big")


def test_the_observation_must_be_named(olga):
    answer = olga.put(f"/api/v1/photos/{uuid.uuid4()}", data=jpeg(), content_type="image/jpeg")

    assert answer.get_json()["errors"][0]["path"] == "observation"


@pytest.mark.parametrize(("cut", "state"), [(lambda raw: raw[: len(raw) // 2], "ready"), (None, "unreadable")])
def test_a_cut_off_photo_shows_what_can_be_read_or_is_told_as_unreadable(olga, journey, app, cut, state):
    visit = a_visit(journey)
    observation = an_observation(journey, visit)
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    raw = cut(jpeg(size=(1200, 900), quality=95)) if cut else cut_to_nothing()
    assert put(olga, raw, observation=observation["id"]).status_code == 201

    work(app)

    receipt = olga.get(f"/api/v1/visits/{visit['id']}/receipt").get_json()
    assert receipt["photos"][0]["state"] == state


def test_an_unreadable_photo_goes_with_its_places_once_its_phone_was_told(olga, otto, journey, app):
    visit = a_visit(journey)
    observation = an_observation(journey, visit)
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    raw = cut_to_nothing()
    put(olga, raw, observation=observation["id"])
    work(app)
    with reading():
        photo = db.session.scalars(select(Photo)).one()
        id, key = str(photo.id), photo.key

    assert otto.get("/api/v1/echo").get_json()["unreadable"] == []
    work(app)
    assert store().exists(key), "somebody else's phone is not its own"
    for _ in range(2):
        (told,) = olga.get("/api/v1/echo").get_json()["unreadable"]
        assert (told["id"], told["observation_id"]) == (id, observation["id"])
        assert told["place"]["en"]
        work(app)
        assert not store().exists(key)

    again = put(olga, raw, photo_id=id, observation=observation["id"])
    assert again.status_code == 200, "what has come need not come again"
    assert not store().exists(key)


def test_a_photo_is_shown_only_to_those_who_may_see_it(olga, otto, lena, emil, as_, journey, app):
    visit = a_visit(journey, consent={"answer": "yes"})
    observation = an_observation(journey, visit, utility=2)
    photo_id = uuid.uuid4()
    assert put(olga, jpeg(), photo_id, observation["id"]).status_code == 201
    assert olga.get(f"/photos/{photo_id}").status_code == 404  # nothing is served before it is derived
    work(app)
    assert lena.get(f"/photos/{photo_id}").status_code == 404  # its observation has not come
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})

    for client, status in ((olga, 200), (lena, 200), (emil, 200), (otto, 404)):
        assert client.get(f"/photos/{photo_id}").status_code == status
    assert as_(None).get(f"/photos/{photo_id}").status_code == 302
    shown = emil.get(f"/photos/{photo_id}?size=400")
    assert shown.content_type == "image/webp"
    assert max(Image.open(io.BytesIO(shown.data)).size) == 400


def test_leads_read_what_is_written_on_a_photo(olga, lena, emil, app, journey):
    visit = a_visit(journey)
    id = str(uuid.uuid4())
    pins = [
        {"x": 0.1, "y": 0.2, "note": "no word <b>"},
        {"x": 1, "y": 0, "note": None},
        {"x": 0.5, "y": 0.5, "note": "or here"},
    ]
    observation = an_observation(journey, visit, utility=2, photos=[{"id": id, "caption": "It spins", "pins": pins}])
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    put(olga, jpeg(), id, observation["id"])
    work(app)
    area = db.session.get(Observation, uuid.UUID(observation["id"])).area_id

    assert "It spins · 1 no word &lt;b&gt; · 3 or here" in lena.get(f"/areas/{area}").get_data(as_text=True)
    assert "It spins" not in emil.get(f"/areas/{area}").get_data(as_text=True)


def test_without_consent_a_photo_stays_with_its_maker(olga, lena, journey, app):
    visit = a_visit(journey, consent={"answer": "no"})
    observation = an_observation(journey, visit)
    photo_id = uuid.uuid4()
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    put(olga, jpeg(), photo_id, observation["id"])
    work(app)

    assert lena.get(f"/photos/{photo_id}").status_code == 404
    assert olga.get(f"/photos/{photo_id}").status_code == 200


def test_the_receipt_names_what_is_here_and_what_is_missing(olga, otto, journey):
    visit = a_visit(journey)
    here, missing, removed = (str(uuid.uuid4()) for _ in range(3))
    photos = [{"id": here}, {"id": missing}, {"id": removed}]
    observation = an_observation(journey, visit, photos=photos, removed_photos=[removed])
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    raw = jpeg()
    put(olga, raw, here, observation["id"])

    receipt = olga.get(f"/api/v1/visits/{visit['id']}/receipt").get_json()

    assert receipt["visit"]["revision"] == 1
    assert [o["id"] for o in receipt["observations"]] == [observation["id"]]
    assert [(p["id"], p["sha256"]) for p in receipt["photos"]] == [(here, hashlib.sha256(raw).hexdigest())]
    assert receipt["missing_photos"] == [{"id": missing, "observation_id": observation["id"]}]
    assert otto.get(f"/api/v1/visits/{visit['id']}/receipt").status_code == 404
