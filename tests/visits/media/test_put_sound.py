"""Voice notes: durable before acknowledged, heard by their maker and by leads, gone with what they belong to."""

import base64
import hashlib
import uuid
from datetime import timedelta

import pytest

from shadowing.core import clock
from shadowing.core.bytes.store import store
from shadowing.core.database import db, writing
from shadowing.operations.nightly import empty_bins
from shadowing.visits.media.models import Photo, Sound
from shadowing.visits.media.sound_formats import MOST_BYTES
from shadowing.visits.models.visit import Observation
from tests.conftest import a_visit, an_observation, site, work
from tests.visits.media.test_put_photo import jpeg

OPUS = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(range(256)) * 8
AAC = b"\x00\x00\x00\x1cftypM4A " + bytes(range(256)) * 4
CODE = "K7MP4R"


def put(client, raw=OPUS, sound_id=None, observation=None, **headers):
    sound_id, observation = sound_id or uuid.uuid4(), observation or uuid.uuid4()
    said = base64.b64encode(hashlib.sha256(raw).digest()).decode()
    headers.setdefault("Content-Digest", f"sha-256=:{said}:")
    return client.put(
        f"/api/v1/sounds/{sound_id}?observation={observation}", data=raw, content_type="audio/webm", headers=headers
    )


@pytest.fixture
def told(olga, journey):
    """A visit with one voice note that arrived: (visit, observation, id of the note)."""
    id = str(uuid.uuid4())
    visit = a_visit(journey, site_id=str(site().id), withdrawal_hash=hashlib.sha256(CODE.encode()).hexdigest())
    observation = an_observation(journey, visit, utility=2, sounds=[{"id": id, "bytes": len(OPUS), "seconds": 4.2}])
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    assert put(olga, sound_id=id, observation=observation["id"]).status_code == 201
    return visit, observation, id


@pytest.mark.parametrize(
    ("raw", "kind"), [(OPUS, "audio/webm"), (AAC, "audio/mp4"), (b"OggS" + bytes(60), "audio/ogg")]
)
def test_a_voice_note_is_kept_and_again_is_harmless(olga, raw, kind):
    sound_id = uuid.uuid4()

    first, again = put(olga, raw, sound_id), put(olga, raw, sound_id)
    heard = olga.get(f"/sounds/{sound_id}")

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    assert first.get_json() == {"id": str(sound_id), "sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw)}
    assert (heard.status_code, heard.mimetype, heard.data) == (200, kind, raw)
    assert heard.headers["X-Content-Type-Options"] == "nosniff"


def test_players_may_ask_for_a_part(olga, told):
    part = olga.get(f"/sounds/{told[2]}", headers={"Range": "bytes=10-19"})

    assert (part.status_code, part.data) == (206, OPUS[10:20])


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"", 411, "length_required"),
        (b"<script>", 415, "not_a_sound"),
        (b"ID3\x04" + bytes(200), 415, "not_a_sound"),
        (b"\x1a\x45\xdf\xa3matroska" + bytes(200), 415, "not_a_sound"),
        (OPUS[:4] + b"webm" + bytes(MOST_BYTES), 413, "too_large"),
    ],
)
def test_what_is_no_voice_note_is_refused(olga, raw, status, code):
    answer = put(olga, raw)

    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert db.session.query(Sound).count() == 0


def test_other_bytes_under_the_same_id_and_other_peoples_are_refused(olga, otto, told):
    id = told[2]

    assert put(olga, AAC, id).get_json()["code"] == "sound_conflict"
    assert put(otto, OPUS, id).get_json()["code"] == "not_yours"
    assert olga.put(f"/api/v1/sounds/{uuid.uuid4()}?observation=x", data=OPUS).status_code == 422
    assert put(olga, OPUS, **{"Content-Digest": "sha-256=:AAAA:"}).get_json()["code"] == "bad_digest"


def test_only_the_maker_and_leads_hear_it(olga, otto, lena, emil, as_, told):
    address = f"/sounds/{told[2]}"
    answers = {
        name: client.get(address).status_code
        for name, client in {"olga": olga, "otto": otto, "lena": lena, "emil": emil}.items()
    }

    assert answers == {"olga": 200, "otto": 404, "lena": 200, "emil": 404}
    assert as_(None).get(address).status_code in (302, 401)


def test_without_consent_it_stays_with_its_maker(olga, lena, journey, told):
    visit, _, id = told
    olga.post(
        "/api/v1/sync",
        json={
            "visits": [{**visit, "revision": 2, "base_revision": 1, "consent": {"answer": "no"}}],
            "observations": [],
        },
    )

    assert (olga.get(f"/sounds/{id}").status_code, lena.get(f"/sounds/{id}").status_code) == (200, 404)


def test_leads_find_it_beside_what_was_seen(lena, emil, app, told):
    work(app)
    area = db.session.get(Observation, uuid.UUID(told[1]["id"])).area_id

    assert f'src="/sounds/{told[2]}"' in lena.get(f"/areas/{area}").get_data(as_text=True)
    assert "/sounds/" not in emil.get(f"/areas/{area}").get_data(as_text=True)


def test_the_receipt_names_what_is_here_and_what_is_missing(olga, told, journey):
    visit, observation, id = told
    missing = str(uuid.uuid4())
    change = {"revision": 2, "base_revision": 1, "sounds": [{"id": id}, {"id": missing}]}
    olga.post("/api/v1/sync", json={"visits": [], "observations": [{**observation, **change}]})

    receipt = olga.get(f"/api/v1/visits/{visit['id']}/receipt").get_json()

    assert [(s["id"], s["sha256"]) for s in receipt["sounds"]] == [(id, hashlib.sha256(OPUS).hexdigest())]
    assert receipt["missing_sounds"] == [{"id": missing, "observation_id": observation["id"]}]


def test_what_is_taken_off_is_heard_and_seen_by_nobody_and_erased_when_the_bin_is_emptied(olga, lena, app, told):
    _, observation, id = told
    photo, late = uuid.uuid4(), uuid.uuid4()
    bring = f"/api/v1/photos/{photo}?observation={observation['id']}"
    assert olga.put(bring, data=jpeg(), content_type="image/jpeg").status_code == 201
    work(app)
    off = {
        "revision": 2,
        "base_revision": 1,
        "sounds": [],
        "removed_sounds": [id, str(late)],
        "removed_photos": [str(photo)],
    }
    olga.post("/api/v1/sync", json={"visits": [], "observations": [{**observation, **off}]})
    assert put(olga, AAC, late, observation["id"]).status_code == 201  # it was on its way

    seen = [
        client.get(address).status_code
        for client in (olga, lena)
        for address in (f"/sounds/{id}", f"/sounds/{late}", f"/photos/{photo}")
    ]
    assert seen == [404] * 6

    keys = [sound.key for sound in db.session.query(Sound)]
    for days, left in ((29, (2, 1)), (31, (0, 0))):
        removed_before(days)
        work(app)
        assert (db.session.query(Sound).count(), db.session.query(Photo).count()) == left
    assert [key for key in keys if store().exists(key)] == []


def removed_before(days):
    """As if everything in the bin had been put there so many days ago, and then a night."""
    db.session.rollback()
    with writing():
        for medium in (Sound, Photo):
            db.session.query(medium).update({"removed_at": clock.now() - timedelta(days=days)})
        empty_bins(clock.now())


def test_a_deleted_observation_takes_its_media_along_after_thirty_days(olga, app, told):
    _, observation, _ = told
    gone = {"revision": 2, "base_revision": 1, "deleted_at": observation["observed_at"]}
    olga.post("/api/v1/sync", json={"visits": [], "observations": [{**observation, **gone}]})

    db.session.rollback()
    with writing():
        empty_bins(clock.now() + timedelta(days=31))

    assert db.session.query(Sound).count() == 0


def test_the_customer_takes_it_back(olga, as_, app, told):
    _, observation, _ = told
    (key,) = [sound.key for sound in db.session.query(Sound)]
    db.session.rollback()

    as_(None).post(f"/w/{CODE}")
    late = put(olga, AAC, observation=observation["id"])
    work(app)

    assert late.get_json()["marks"] == ["withdrawn"]
    assert db.session.query(Sound).count() == 0 and not store().exists(key)
