"""What leaves compressed, what not, and that it is the same."""

import gzip

import pytest
from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.routes import secrets_of
from shadowing.people.models import Invitation
from tests.administration.test_people import POSTER

GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("path", ["/areas", "/api/v1/carry"])
def test_pages_and_json_leave_compressed_and_are_the_same(lena, path):
    plain, packed = lena.get(path), lena.get(path, headers=GZIP)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.vary and "Accept-Encoding" in plain.vary
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    if path == "/areas":
        assert gzip.decompress(packed.data) == plain.data


def test_a_phone_that_has_it_is_told_so_whichever_way_it_came(lena):
    tag = lena.get("/api/v1/carry", headers=GZIP).headers["ETag"]

    assert tag.startswith("W/")
    for more in ({}, GZIP):
        again = lena.get("/api/v1/carry", headers={"If-None-Match": tag, **more})
        assert (again.status_code, again.data) == (304, b"")


def test_what_carries_a_secret_is_never_compressed(app, lena, anna):
    anna.post("/people/invitations", data=POSTER)
    db.session.rollback()
    poster = f"/people/invitations/{db.session.scalar(select(Invitation.id))}"
    for client, path in ((lena, "/slots"), (anna, poster)):
        answer = client.get(path, headers=GZIP)
        assert answer.status_code == 200 and len(answer.data) > 1024
        assert "Content-Encoding" not in answer.headers
    rooms = {name.partition(".")[0] for name in secrets_of(app)}
    assert rooms >= {"slots", "inviting", "people", "letting_in", "withdrawal"}


def test_what_is_small_or_compressed_already_is_left_alone(lena):
    assert "Content-Encoding" not in lena.get("/healthz", headers=GZIP).headers
    photo = lena.get("/static/dist/none.js", headers=GZIP)
    assert photo.status_code == 404
