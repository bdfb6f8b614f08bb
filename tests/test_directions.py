"""No name, label or quote of the demonstration turns what stands beside it or is markup, on whichever page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from sqlalchemy import JSON, String, Text

from shadowing.app import create_app
from shadowing.cli.setting_up import migrate_database
from shadowing.core.database import db
from shadowing.core.directions import BARE, CLOSE, EXACT, OPEN, READ
from shadowing.operations.demo.load import load_demo
from shadowing.people.accounts import add_person, find_person
from tests.support.markup import VOID
from tests.test_pages import BY_SCRIPT, WITHOUT_A_PAGE, addresses

HEBREW = re.compile("[\u05d0-\u05ea]")
ALONE = re.compile(f"{OPEN}[^{OPEN}]*?{CLOSE}")
#: Columns in which people's words stand.
OF_PEOPLE = {
    "name",
    "title",
    "label",
    "file_name",
    "journey_name",
    "note",
    "quote",
    "place",
    "text",
    "words",
    "description",
}
#: What somebody may call a site who wants more than a name.
MARKUP = """"'><b-3>"""


class Turned(HTMLParser):
    """Where Hebrew stands in the open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.found: list[str] = []
        self.seen = 0
        self.feed(html)

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        if name not in VOID:
            self.inside.append(name)
        self.found += [f"{key}={value}" for key, value in attributes if key in READ and self._turns(value or "")]

    def handle_endtag(self, name: str) -> None:
        while name in self.inside and self.inside.pop() != name:
            pass

    def handle_data(self, data: str) -> None:
        if EXACT & set(self.inside) or not HEBREW.search(data):
            return
        self.seen += 1
        isolated = "bdi" in self.inside and not BARE & set(self.inside)
        if not isolated and self._turns(data):
            self.found.append(f"{'>'.join(self.inside[-3:])}: {data.strip()}")

    @staticmethod
    def _turns(text: str) -> bool:
        return bool(HEBREW.search(ALONE.sub("", text)))


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The demonstration, every word of which ends in markup and in Hebrew."""
    app = create_app({"SHADOWING_SECRET_KEY": "test"}, instance=str(tmp_path_factory.mktemp("turned")))
    with app.app_context():
        migrate_database()
        load_demo()
        add_person("admin@test.example", "Ana", "admin", None)
        for table in db.metadata.sorted_tables:
            _rename(table)
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


def _rename(table):
    keys = list(table.primary_key.columns)
    for column in table.columns:
        if column.name not in OF_PEOPLE or not keys or column.primary_key:
            continue
        for row in db.session.execute(db.select(*keys, column)).all():
            renamed = _hebrew(row[-1])
            if renamed != row[-1] and isinstance(column.type, (String, Text, JSON)):
                same = [key == value for key, value in zip(keys, row, strict=False)]
                db.session.execute(table.update().where(*same).values({column.name: renamed}))


def _hebrew(words):
    if isinstance(words, dict) and words.keys() <= {"en", "zh"}:
        return {language: _hebrew(said) for language, said in words.items()}
    return f"{words} {MARKUP} שלום 3" if isinstance(words, str) and words else words


def test_no_page_lets_a_name_turn_its_neighbours_or_write_markup(house):
    client = house.test_client()
    with house.app_context(), client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = find_person("admin@test.example").get_id(), True

    found, raw, seen = [], [], 0
    for endpoint, paths in addresses(house).items():
        for path in paths if endpoint not in BY_SCRIPT + WITHOUT_A_PAGE else ():
            answer = client.get(path)
            if answer.mimetype == "text/html" and answer.status_code == 200:
                page = Turned(answer.get_data(as_text=True))
                seen += page.seen
                found += [f"{path}: {where}" for where in page.found]

                raw += [path] if "<b-3" in answer.get_data(as_text=True) else []

    assert seen > 200
    assert not found, "\n".join(found[:80])
    assert not raw
