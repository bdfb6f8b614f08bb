"""A customer takes a visit back: everything of it goes, totals subtract, late copies are dropped."""

from __future__ import annotations

import hashlib
import json

import pytest
from sqlalchemy import inspect, select

from shadowing.backlog.models import Evidence, Improvement
from shadowing.core.bytes.store import store
from shadowing.core.database import db, writing
from shadowing.people.models import SignInTry
from shadowing.phone.withdrawal.models import Withdrawal
from shadowing.phone.withdrawal.views import RIGHT_CODES, UNKNOWN_CODES
from shadowing.visits.media.models import Photo
from shadowing.visits.models.totals import Tally
from shadowing.visits.models.visit import Observation, Revision, Visit
from tests.conftest import a_visit, an_observation, work
from tests.support.fields import error_at, typed_in
from tests.visits.media.test_put_photo import jpeg

CODE, OTHER = "K7MP4R", "T4HW9C"
SECRETS = (
    "the doctor was rude to me",
    "I was afraid",
    "Ms Chen",
    "find out what it is",
    "queue behind glass",
    "with a child",
)


def with_code(code):
    return {"withdrawal_hash": hashlib.sha256(code.encode()).hexdigest()}


@pytest.fixture
def walk(journey):
    """A visit with everything a customer may want back, and its observations."""
    visit = a_visit(
        journey,
        customer_label=SECRETS[2],
        purpose=SECRETS[3],
        scenario=SECRETS[5],
        outcome="no",
        consent={"answer": "yes"},
        **with_code(CODE),
    )
    photo = {"id": "11111111-2222-4333-8444-555555555555", "caption": SECRETS[4]}
    observations = [
        an_observation(
            journey, visit, utility=2, reasons=["late"], emotion=-2, note=SECRETS[0], quote=SECRETS[1], photos=[photo]
        ),
        an_observation(journey, visit, "pharmacy", utility=4, serious="dignity"),
    ]
    return visit, observations


def send(client, visit, observations):
    answer = client.post("/api/v1/sync", json={"visits": [visit] if visit else [], "observations": observations})
    assert answer.status_code == 200
    return [(result["status"], result.get("marks")) for result in answer.get_json()["results"]]


def send_photo(client, observation, raw=None, id="11111111-2222-4333-8444-555555555555"):
    return client.put(
        f"/api/v1/photos/{id}?observation={observation['id']}", data=raw or jpeg(), content_type="image/jpeg"
    )


def take_back(as_, code=CODE):
    answer = as_(None).post(f"/w/{code}")
    assert (answer.status_code, answer.location) == (303, f"/w/{code}")


def everything_kept():
    """Every value of every table, as text."""
    rows = []
    for table in db.metadata.sorted_tables:
        rows += [list(map(str, row)) for row in db.session.execute(select(table)).all()]
    return json.dumps(rows, ensure_ascii=False)


def test_everything_of_the_visit_is_erased_and_a_tombstone_stays(olga, as_, app, walk):
    visit, observations = walk
    send(olga, visit, observations)
    assert send_photo(olga, observations[0]).status_code == 201
    work(app)
    assert all(secret in everything_kept() for secret in SECRETS)
    assert db.session.query(Tally).filter(Tally.n != 0).count() > 0
    sha256 = db.session.query(Photo).one().stored_sha256

    take_back(as_)
    work(app)

    kept = everything_kept()
    assert [secret for secret in SECRETS if secret in kept] == []
    assert db.session.query(Revision).count() == 0
    assert db.session.query(Photo).count() == 0
    assert db.session.query(Evidence).count() == 0
    assert db.session.query(Tally).filter(Tally.n != 0).count() == 0
    assert not any(store().exists(f"stored/{sha256}-{size}.webp") for size in (1600, 400))
    assert {row.withdrawn_at is not None for row in db.session.scalars(select(Observation))} == {True}
    assert db.session.query(Visit).one().withdrawn_at is not None


def test_no_column_of_a_tombstone_says_what_was_seen(olga, as_, walk):
    send(olga, *walk)

    take_back(as_)

    row = db.session.scalars(select(Observation)).first()
    said = {
        column.key
        for column in inspect(Observation).column_attrs
        if getattr(row, column.key) not in (None, False, 0, ["withdrawn"])
    }
    assert said == {
        "id",
        "visit_id",
        "person_id",
        "revision",
        "observed_at",
        "received_at",
        "withdrawn_at",
        "created_at",
    }


def test_what_others_noted_stays(olga, otto, as_, journey, walk):
    send(olga, *walk)
    other = a_visit(journey, **with_code(OTHER))
    send(otto, other, [an_observation(journey, other, utility=5, note="all went well")])

    take_back(as_)

    assert "all went well" in everything_kept()
    assert db.session.query(Tally).filter(Tally.kind == "utility", Tally.n > 0).count() == 1
    assert db.session.query(Observation).filter(Observation.withdrawn_at.is_(None)).count() == 1


def test_a_photo_others_have_too_stays_theirs(olga, otto, as_, app, journey, walk):
    visit, observations = walk
    send(olga, visit, observations)
    send_photo(olga, observations[0])
    other = a_visit(journey)
    seen = an_observation(journey, other)
    send(otto, other, [seen])
    send_photo(otto, seen, id="22222222-2222-4333-8444-555555555555")
    work(app)

    take_back(as_)
    work(app)

    left = db.session.query(Photo).one()
    assert store().exists(f"stored/{left.stored_sha256}-1600.webp")


def test_late_copies_are_answered_and_dropped(olga, as_, app, journey, walk):
    visit, observations = walk
    send(olga, visit, observations[:1])
    take_back(as_)

    again = send(olga, {**visit, "revision": 2, "base_revision": 1}, observations)
    photo = send_photo(olga, observations[0])
    late = send_photo(olga, observations[1], id="33333333-2222-4333-8444-555555555555")
    work(app)

    assert again == [(200, ["withdrawn"])] * 3
    assert (photo.status_code, photo.get_json()["marks"]) == (200, ["withdrawn"])
    assert late.get_json()["marks"] == ["withdrawn"]
    assert db.session.query(Photo).count() == 0
    assert [secret for secret in SECRETS if secret in everything_kept()] == []


def test_a_code_used_before_the_visit_arrived_is_remembered(olga, as_, app, walk):
    visit, observations = walk
    take_back(as_)
    assert "be erased" in as_(None).get(f"/w/{CODE}").text
    first = send(olga, None, observations)
    send_photo(olga, observations[0])
    assert [status for status, _ in first] == [201, 201]

    assert send(olga, visit, []) == [(200, ["withdrawn"])]
    work(app)

    assert [secret for secret in SECRETS if secret in everything_kept()] == []
    assert db.session.query(Photo).count() == 0
    assert db.session.query(Tally).filter(Tally.n != 0).count() == 0
    assert "It is erased" in as_(None).get(f"/w/{CODE}").text


def test_decisions_stand_and_say_that_evidence_went(olga, lena, as_, app, walk):
    send(olga, *walk)
    work(app)
    item = db.session.query(Improvement).filter_by(raised_by="serious").one()
    number = item.id

    take_back(as_)

    assert db.session.get(Improvement, number) is not None
    assert "took back part of the evidence" in lena.get(f"/improvements/{number}").text


def test_taking_it_back_twice_changes_nothing(olga, as_, walk):
    send(olga, *walk)
    take_back(as_)
    take_back(as_)

    record = db.session.query(Withdrawal).one()
    assert (record.notes, record.photos) == (2, 0)


def test_the_phone_that_took_it_is_told(olga, otto, as_, walk):
    visit, observations = walk
    send(olga, visit, observations)
    assert olga.get("/api/v1/carry").get_json()["withdrawn"] == []

    take_back(as_)

    assert olga.get("/api/v1/carry").get_json()["withdrawn"] == [visit["id"]]
    assert otto.get("/api/v1/carry").get_json()["withdrawn"] == []


def test_the_page_lists_what_will_go_without_a_word_of_it(olga, as_, walk):
    visit, observations = walk
    send(olga, visit, observations)
    send_photo(olga, observations[0])

    page = as_(None).get(f"/w/{CODE.lower()}")

    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    assert all(words in page.text for words in ("2 notes", "and what you said", "1 photo", "Erase what was noted"))
    assert [secret for secret in SECRETS if secret in page.text] == []
    assert db.session.query(Visit).one().withdrawn_at is None


def test_a_code_that_was_written_down_is_typed(olga, as_, walk):
    send(olga, *walk)

    answer = as_(None).post("/w", data={"code": "k7m p4r"})

    assert (answer.status_code, answer.location) == (303, f"/w/{CODE}")
    refused = as_(None).post("/w", data={"code": "K7M"})
    assert (refused.status_code, error_at(refused, "code")) == (
        422,
        "A code has seven letters and digits, an older one six.",
    )
    assert typed_in(refused, "code") == "K7M"
    unreadable = as_(None).get("/w/%27%22%3Cscript")
    assert (unreadable.status_code, typed_in(unreadable, "code")) == (404, "'\"<script")


def test_a_mistyped_code_is_said_before_anything_is_looked_up(olga, as_):
    stranger = as_(None)
    for number in range(UNKNOWN_CODES + 5):
        answer = stranger.get(f"/w/K7MP4R{'AB'[number % 2]}")
        assert (answer.status_code, error_at(answer, "code")) == (
            404,
            "One sign is mistyped: compare it with your picture.",
        )
    typed = stranger.post("/w", data={"code": "k7m p4ra"})

    assert (typed.status_code, typed_in(typed, "code")) == (422, "k7m p4ra")
    assert stranger.post("/w/K7MP4RA").status_code == 404
    assert db.session.query(SignInTry).filter(SignInTry.subject.like("code:%")).count() == 0


def test_a_code_nobody_knows_can_be_changed(as_):
    page = as_(None).get("/w/K7MP4RM").get_data(as_text=True)

    assert 'href="/w?code=K7MP4RM"' in page
    assert typed_in(as_(None).get("/w?code=K7MP4RM"), "code") == "K7MP4RM"


def test_nobody_finds_codes_by_trying(olga, as_, walk):
    send(olga, *walk)
    stranger = as_(None)
    for number in range(UNKNOWN_CODES):
        code = f"AAAA{'2346789'[number // 7]}{'2346789'[number % 7]}"
        assert stranger.get(f"/w/{code}").status_code == 200

    assert stranger.get("/w/BBBBBB").status_code == 429
    assert stranger.post("/w/BBBBBB").status_code == 429
    assert db.session.query(SignInTry).filter(SignInTry.subject.like("code:%")).count() == UNKNOWN_CODES


def test_guesses_of_others_never_shut_a_right_code_out(olga, as_, walk):
    """Of the same network, a guest wireless for example; whoever guesses on meets few of them."""
    send(olga, *walk)
    stranger, customer = as_(None), as_(None)
    for number in range(UNKNOWN_CODES):
        stranger.get(f"/w/AAAA{'2346789'[number // 7]}{'2346789'[number % 7]}")

    assert [customer.get(f"/w/{CODE}").status_code for _ in range(RIGHT_CODES + 1)] == [200] * RIGHT_CODES + [429]
    with writing():
        db.session.rollback()
        db.session.query(SignInTry).filter(SignInTry.subject.like("right:%")).delete(synchronize_session=False)
        db.session.commit()
    assert customer.post(f"/w/{CODE}").status_code == 303
    assert db.session.query(Visit).one().withdrawn_at is not None
