"""A real survey of 21 646 airline passengers, which nobody in this project wrote, through the whole line."""

from __future__ import annotations

import contextvars
from datetime import date

import pytest

from shadowing.app import create_app
from shadowing.backlog.triage.asking import ask as ask_for_improvements
from shadowing.cli.setting_up import migrate_database
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.imports.store_rows import import_spreadsheet
from shadowing.journeys.models import Journey
from shadowing.operations.up_to_date import bring_up_to_date
from shadowing.people.accounts import add_person
from shadowing.visits.models.imported import Import
from shadowing.visits.models.totals import Panel, ScoreChange
from tests.conftest import real_data
from tests.support.markup import Markup, words_of

pytestmark = [pytest.mark.real_data, pytest.mark.timeout(300)]  # a busy machine takes its time for so many rows
#: The three furthest below their target, in this order.
WORST = [("In-flight Wi-Fi", "机上无线网络"), ("Online booking", "网上订票"), ("Gate location", "登机口位置")]


@pytest.fixture(scope="module")
def airline(tmp_path_factory):
    """The file taken in and scored, once for all tests here."""
    file = real_data("airline_ratings.csv.gz")
    app = create_app({"SHADOWING_SECRET_KEY": "test"}, instance=str(tmp_path_factory.mktemp("airline")))

    def take_in():
        with app.app_context():
            migrate_database()
            add_person("lena@test.example", "Lena", "lead", None)
            db.session.commit()
            app.outcome = import_spreadsheet(
                str(file), "airline_ratings", "Airline passenger", date(2026, 11, 1), False, lambda _rows: None
            )
            bring_up_to_date()
            ask_for_improvements(db.session.query(Journey).one().id, clock.now())
            db.session.commit()
            bring_up_to_date()
            db.session.remove()

    contextvars.Context().run(take_in)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def lead(airline):
    client = airline.test_client()
    with airline.app_context(), client.session_transaction() as session:
        key = db.session.execute(db.text("select id || '.' || session_key from person")).scalar()
        session["_user_id"], session["_fresh"] = key, True
    return client


@pytest.fixture
def areas(lead):
    """Areas of the API, furthest below target first."""
    found = lead.get("/api/v1/areas").get_json()["areas"]
    judged = [area for area in found if area["score"] is not None]
    return sorted(judged, key=lambda area: area["score"] - area["levels"][area["shown_level"]]["target"])


def test_every_row_is_in_and_every_mark_is_counted(airline):
    outcome = airline.outcome

    assert (outcome.rows, outcome.new, outcome.known, outcome.refused) == (21_646, 21_646, 0, [])
    assert outcome.ratings + outcome.not_marks == 14 * 21_646
    with airline.app_context():
        assert db.session.query(Import).one().rows_imported == 21_646
        assert db.session.query(Panel).one().undated
        assert db.session.query(ScoreChange).count() == 0


def test_the_three_furthest_below_target_are_the_known_ones(areas):
    assert [area["touchpoint"]["name"]["en"] for area in areas[:3]] == [en for en, _ in WORST]
    assert {area["verdict"] for area in areas[:3]} == {"underperforming"}


def test_zeros_are_not_marks(areas):
    """The control of the data's README: plain means over what was rated."""
    means = {area["touchpoint"]["name"]["en"]: area["levels"][area["shown_level"]]["raw_mean"] for area in areas}
    for place, mean in {"In-flight Wi-Fi": 2.819, "Online booking": 2.880, "Gate location": 2.977}.items():
        assert means[place] == pytest.approx(mean, abs=5e-4)


def test_each_of_them_has_an_improvement_to_decide_on(lead):
    items = lead.get("/api/v1/improvements").get_json()["improvements"]
    proposed = {item["touchpoint"]["en"] for item in items if item["state"] == "proposed"}

    assert {en for en, _ in WORST} <= proposed


@pytest.mark.parametrize(("language", "place"), [("en", 0), ("zh-CN", 1)])
def test_pages_speak_of_them(lead, language, place):
    for path in ("/summary", "/areas", "/improvements"):
        answer = lead.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200
        text = words_of(Markup(answer.get_data(as_text=True)).one("main"))

        at = [text.find(names[place]) for names in WORST]
        assert -1 not in at, path
        assert at == sorted(at) or path != "/summary"
