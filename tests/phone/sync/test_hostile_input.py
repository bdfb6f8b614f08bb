"""Nothing a client sends makes a 500, and every refusal names its field."""

import gzip
import json
import uuid

import pytest

from shadowing.core.database import db
from shadowing.phone.sync.views import BATCH_BYTES
from shadowing.visits.models.visit import Observation, Visit
from tests.conftest import a_visit, an_observation, real_data

WRONG = [
    ({"utility": 6}, "utility"),
    ({"utility": 0}, "utility"),
    ({"utility": "3"}, "utility"),
    ({"utility": 3.5}, "utility"),
    ({"utility": True}, "utility"),
    ({"emotion": 3}, "emotion"),
    ({"expectation": -3}, "expectation"),
    ({"observed_at": "yesterday"}, "observed_at"),
    ({"observed_at": "2026-11-20T10:00:00"}, "observed_at"),
    ({"observed_at": "0001-01-01T00:00:00+14:00"}, "observed_at"),
    ({"observed_at": None}, "observed_at"),
    ({"visit_id": "not-a-uuid"}, "visit_id"),
    ({"visit_id": str(uuid.UUID(int=0))}, "visit_id"),
    ({"touchpoint_id": "99999"}, "touchpoint_id"),
    ({"touchpoint_id": 7}, "touchpoint_id"),
    ({"channel": "carrier pigeon"}, "channel"),
    ({"standards": {"never_heard_of": "met"}}, "standards.never_heard_of"),
    ({"standards": []}, "standards"),
    ({"timings": {"wait": -1}}, "timings.wait"),
    ({"timings": {"wait": 1e12}}, "timings.wait"),
    ({"factors": [{"factor": "weather", "effect": "hurt"}]}, "factors.0.factor"),
    ({"reasons": ["because"]}, "reasons.0"),
    ({"handover": "dropped"}, "handover"),
    ({"held_back": ["weather"]}, "held_back.0"),
    ({"held_back": "system"}, "held_back"),
    ({"serious": "very"}, "serious"),
    ({"note": "x" * 20_001}, "note"),
    ({"note": ["a", "list"]}, "note"),
    ({"quote": "引" * 20_001}, "quote"),
    ({"photos": [{"id": "1"}]}, "photos.0.id"),
    ({"photos": [{"id": str(uuid.uuid4()), "pins": [{"x": 2, "y": 0}]}]}, "photos.0.pins.0.x"),
    ({"sounds": [{"id": "1"}]}, "sounds.0.id"),
    ({"removed_sounds": "all"}, "removed_sounds"),
    ({"revision": 0}, "revision"),
    ({"revision": 2**40}, "revision"),
    ({"deleted_at": "now"}, "deleted_at"),
]


@pytest.mark.parametrize(("fields", "path"), WRONG)
def test_a_wrong_field_is_named_and_nothing_is_stored(olga, journey, fields, path):
    record = {**an_observation(journey, a_visit(journey)), **fields}

    answer = olga.put(f"/api/v1/observations/{record['id']}", json=record)

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    problem = answer.get_json()
    assert problem["code"] == "invalid"
    assert path in [error["path"] for error in problem["errors"]]
    assert all(error["message"] for error in problem["errors"])
    assert db.session.query(Observation).count() == 0


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"journey_id": "404"}, "journey_id"),
        ({"site_id": "404"}, "site_id"),
        ({"persona_id": "404"}, "persona_id"),
        ({"mode": "flown"}, "mode"),
        ({"status": "finished"}, "status"),
        ({"consent": {"answer": "maybe"}}, "consent.answer"),
        ({"customer_label": "x" * 41}, "customer_label"),
        ({"withdrawal_hash": "abc"}, "withdrawal_hash"),
        ({"satisfaction": 9}, "satisfaction"),
        ({"skipped": [{"touchpoint_id": "1", "reason": "lazy"}]}, "skipped.0.reason"),
        ({"practice": "yes"}, "practice"),
    ],
)
def test_a_wrong_field_of_a_visit_is_named(olga, journey, fields, path):
    record = a_visit(journey, **fields)

    answer = olga.put(f"/api/v1/visits/{record['id']}", json=record)

    assert answer.status_code == 422
    assert path in [error["path"] for error in answer.get_json()["errors"]]
    assert db.session.query(Visit).count() == 0


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b'{"id": NaN}', b"[" * 5000, b'{"a":"\\ud800"}', b"1e999"],
)
def test_what_is_not_one_json_object_is_a_400(olga, body):
    answer = olga.put(f"/api/v1/visits/{uuid.uuid4()}", data=body, content_type="application/json")

    assert (answer.status_code, answer.get_json()["code"]) == (400, "not_json")


def test_the_address_and_the_body_must_agree(olga, journey):
    answer = olga.put(f"/api/v1/visits/{uuid.uuid4()}", json=a_visit(journey))

    assert answer.get_json()["errors"][0]["path"] == "id"


def test_too_large_a_body_is_a_413(olga):
    answer = olga.put(f"/api/v1/visits/{uuid.uuid4()}", data=b" " * 600_000, content_type="application/json")

    assert answer.status_code == 413


def packed(client, raw, encoding="gzip"):
    headers = {"Content-Encoding": encoding, "Content-Type": "application/json"}
    return client.post("/api/v1/sync", data=raw, headers=headers)


def test_words_may_come_gzipped(olga, journey):
    visit = a_visit(journey)

    answer = packed(olga, gzip.compress(json.dumps({"visits": [visit]}).encode()))

    assert answer.get_json()["results"][0]["status"] == 201


@pytest.mark.parametrize(
    ("raw", "encoding", "status", "code"),
    [
        (gzip.compress(b" " * (BATCH_BYTES + 1)), "gzip", 413, "too_large"),
        (gzip.compress(b'{"visits": []}')[:-9], "gzip", 400, "bad_digest"),
        (b'{"visits": []}', "gzip", 400, "bad_digest"),
        (b'{"visits": []}', "br", 415, "unsupported_type"),
        (gzip.compress(b"{"), "gzip", 400, "not_json"),
    ],
    ids=["a bomb", "broken off", "not packed", "another packing", "no JSON inside"],
)
def test_what_cannot_be_unpacked_is_refused(olga, raw, encoding, status, code):
    answer = packed(olga, raw, encoding)

    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_text_is_kept_to_the_letter(olga, journey):
    visit = a_visit(journey)
    for note in (
        "'; drop table visit; --",
        "<script>alert(1)</script>",
        "\u202eright to left",
        "NUL \x00 inside",
        "𝒳 😀 ﷽",
        "{{7*7}}",
    ):
        observation = an_observation(journey, visit, note=note)
        assert olga.put(f"/api/v1/observations/{observation['id']}", json=observation).status_code == 201
        row = db.session.get(Observation, uuid.UUID(observation["id"]))
        assert row.body["note"] == note
        assert row.note == note.replace("\x00", "")


@pytest.mark.real_data
def test_every_naughty_string_survives(olga, journey):
    strings = json.loads(gzip.decompress(real_data("naughty_strings.json.gz").read_bytes()))
    visit = a_visit(journey)
    records = [an_observation(journey, visit, note=text or None, quote=text or None) for text in strings]
    for start in range(0, len(records), 200):
        part = records[start : start + 200]
        results = olga.post("/api/v1/sync", json={"observations": part}).get_json()["results"]
        assert {result["status"] for result in results} == {201}
    rows = {row.id: row.body for row in db.session.query(Observation)}
    assert all(rows[uuid.UUID(r["id"])].get("note") == r["note"] for r in records if r["note"])
