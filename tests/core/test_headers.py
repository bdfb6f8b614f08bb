"""What every reply says of itself, whatever it is a reply to; and what no address hands out."""

import re

import pytest

from shadowing.app import create_app
from shadowing.core.database import db
from shadowing.core.headers import HEADERS
from tests.conftest import a_visit, an_observation, work

pytestmark = pytest.mark.engine("sqlite")
#: Beside the addresses of our own: nothing there, another method, refused before anybody looks.
OTHERS = [("GET", "/nothing"), ("TRACE", "/"), ("PUT", "/"), ("POST", "/api/v1/sync"), ("GET", "/static/dist/none.js")]


def addresses(app):
    """Every address that can be read, with an id that may be there."""
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            yield re.sub(r"<(?:(\w+)(?:\(([^)]*)\))?:)?\w+>", lambda part: one(part[1], part[2]), rule.rule)


def one(converter, said):
    if converter == "any":
        return said.split(",")[0]
    return "00000000-0000-4000-8000-000000000001" if converter == "uuid" else "1"


@pytest.fixture
def secure(place, as_):
    """The same installation, reached by https; signed in as Anna there."""
    app = create_app({**place.settings, "SHADOWING_BASE_URL": "https://shadow.example"}, instance=str(place.folder))
    client = app.test_client()
    with as_("anna").session_transaction() as here:
        known = dict(here)
    with client.session_transaction(base_url="https://shadow.example") as there:
        there.update(known)
    yield client
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


def test_every_reply_is_told_apart_and_bound_to_us(app, secure, olga, journey):
    visit = a_visit(journey)
    seen = an_observation(journey, visit, utility=1, quote="Nobody came", note="two windows of five")
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)
    asked = [("GET", address) for address in addresses(app)] + OTHERS
    statuses = set()
    for method, address in asked:
        reply = secure.open(address, method=method, base_url="https://shadow.example", buffered=True)
        statuses.add(reply.status_code)
        headers, kind = reply.headers, reply.headers.get("Content-Type", "")
        assert {name: headers.get(name) for name in HEADERS} == HEADERS, address
        assert headers["Strict-Transport-Security"] == "max-age=31536000", address
        assert not [name for name, _ in headers if name.startswith("Access-Control-")], address
        assert kind or not reply.data, address
        assert "charset=utf-8" in kind or not kind.startswith("text/"), f"{address}: {kind}"
    assert {200, 302, 404, 405} <= statuses


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/instance/secret_key",
        "/secret_key",
        "/shadowing/app.py",
        "/static/dist/../../shadowing/app.py",
        "/static/dist/..%2f..%2finstance%2fsecret_key",
        "/static/dist/%2e%2e/%2e%2e/pyproject.toml",
        "/static/icons/....//....//pyproject.toml",
        "/static/dist//etc/passwd",
        "/static/dist/",
        "/static/",
    ],
)
def test_no_file_of_the_house_is_handed_out(anna, path):
    assert anna.get(path).status_code in (308, 404)


def everything():
    """Every row of every table, but for who looked and when."""
    db.session.rollback()
    found = {}
    for table in db.metadata.sorted_tables:
        if table.name != "audit_entry":
            columns = [column for column in table.columns if column.name != "last_seen_at"]
            found[table.name] = sorted(map(repr, db.session.execute(db.select(*columns))))
    return found


def test_reading_changes_nothing(app, anna, olga, journey):
    visit = a_visit(journey)
    seen = an_observation(journey, visit, utility=1, quote="Nobody came", note="two windows of five")
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)
    before, answered = everything(), 0
    for address in addresses(app):
        for reader in (anna, olga):
            answered += reader.get(address).status_code == 200

    assert answered > 40
    assert everything() == before
