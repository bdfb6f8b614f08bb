"""PUT /api/v1/phones/<uuid>/key: one key a person and phone, kept wrapped, told to nobody else."""

from __future__ import annotations

import base64
import uuid

import pytest
from sqlalchemy import select

from shadowing.core.database import db, writing
from shadowing.people.models import Person
from shadowing.phone.keys import keeping
from shadowing.phone.keys.models import PhoneKey
from shadowing.phone.keys.wrapping import CannotOpen, unwrap, wrap
from tests.conftest import person

PHONE = "6f1c2a54-4f0e-4d53-9d3e-0a6f2f1b7c11"


def ask(client, phone=PHONE, **how):
    return client.put(f"/api/v1/phones/{phone}/key", **how)


def key_in(answer):
    assert answer.status_code == 200, answer.get_json()
    return base64.b64decode(answer.get_json()["key"])


def test_the_same_key_at_every_ask_and_another_for_each_person_and_phone(olga, otto):
    first = key_in(ask(olga))

    assert len(first) == 32
    assert key_in(ask(olga)) == first
    assert len({first, key_in(ask(otto)), key_in(ask(olga, uuid.uuid4()))}) == 3


def test_it_is_told_to_no_cache_and_kept_in_no_table_as_it_is(olga):
    answer = ask(olga)

    assert answer.headers["Cache-Control"] == "no-store"
    (row,) = db.session.scalars(select(PhoneKey))
    assert key_in(answer) not in base64.b64decode(row.wrapped)
    assert answer.get_json()["key"] not in row.wrapped


@pytest.mark.engine("sqlite")
def test_strangers_other_sites_and_what_is_no_uuid_get_none(as_, olga):
    assert ask(as_(None)).status_code == 401
    assert ask(olga, "7").status_code == 404
    assert ask(olga, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    other = ask(olga, headers={"Shadowing-Person": str(person("otto").id)})
    assert (other.status_code, other.get_json()["code"]) == (401, "other_person")
    assert db.session.scalars(select(PhoneKey)).all() == []


@pytest.mark.engine("sqlite")
def test_phones_have_an_end_and_those_that_are_known_still_get_theirs(olga, otto, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_PHONES", 2)
    first = key_in(ask(olga))
    key_in(ask(olga, uuid.uuid4()))

    third = ask(olga, uuid.uuid4())

    assert (third.status_code, third.get_json()["code"]) == (422, "too_many_phones")
    assert key_in(ask(olga)) == first
    assert ask(otto, uuid.uuid4()).status_code == 200


@pytest.mark.engine("sqlite")
def test_under_another_secret_key_it_is_refused_and_never_replaced(app, olga):
    first, before = key_in(ask(olga)), app.config["SECRET_KEY"]
    wrapped = db.session.scalar(select(PhoneKey.wrapped))
    owner = f"{person('olga').id}/{PHONE}"

    with pytest.raises(CannotOpen):
        unwrap(wrapped, "another", owner)
    with pytest.raises(CannotOpen):
        unwrap(wrapped, before, f"999/{PHONE}")
    db.session.rollback()
    with writing():
        db.session.get(PhoneKey, (person("olga").id, PHONE)).wrapped = wrap(first, "another", owner)
        db.session.commit()

    answer = ask(olga)

    assert (answer.status_code, answer.get_json()["code"]) == (409, "key_unreadable")


def test_erasing_a_person_erases_their_keys(olga, otto):
    key_in(ask(olga)), key_in(ask(otto))
    db.session.rollback()
    with writing():
        db.session.execute(Person.__table__.delete().where(Person.id == person("olga").id))
        db.session.commit()

    assert db.session.scalars(select(PhoneKey.person_id)).all() == [person("otto").id]
