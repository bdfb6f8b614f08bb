"""Rows that come again: known, new, or changed; the trial says what the import will say."""

from __future__ import annotations

import json
from datetime import date

import pytest

from shadowing.core.database import db, writing
from shadowing.core.table_errors import BadFile
from shadowing.imports.store_rows import import_spreadsheet
from shadowing.journeys.models import Journey
from shadowing.visits.models.imported import ImportDraft
from shadowing.visits.models.visit import Observation, Visit
from tests.conftest import work
from tests.imports.test_browser_import import bring as bring_by_page

MARCH = "No,Date,Queue\n1,2026-03-02,5\n2,2026-03-03,5\n3,2026-03-04,4\n"
APRIL = "No,Date,Queue\n1,2026-04-02,1\n2,2026-04-03,1\n3,2026-04-07,2\n"
QUEUE = {"kind": "rating", "touchpoint": "queue", "channel": "counter", "level": "utility"}
MAP = {
    "name": {"en": "Queue", "zh": "排队"},
    "key": "No",
    "touchpoints": [{"key": "queue", "name": {"en": "Queue", "zh": "排队"}, "stage": "core"}],
    "columns": {"Date": {"kind": "date", "format": "%Y-%m-%d"}, "Queue": QUEUE},
}
ONLY_OVERALL = "No,Date,Overall\n1,2026-03-01,4\n2,2026-03-02,5\n3,2026-03-02,2\n"
CSAT = {
    "name": {"en": "CSAT", "zh": "满意度"},
    "key": "No",
    "touchpoints": [],
    "columns": {
        "Date": {"kind": "date", "format": "%Y-%m-%d"},
        "Overall": {"kind": "visit", "field": "satisfaction"},
    },
}


@pytest.fixture
def bring(app, tmp_path):
    """Trial and import of a text, as the command does them; both must say the same."""

    def once(text, map, dry_run, day):
        (tmp_path / "map.json").write_text(json.dumps(map))
        (tmp_path / "sheet.csv").write_text(text)
        db.session.rollback()
        with writing():
            return import_spreadsheet(
                str(tmp_path / "sheet.csv"), str(tmp_path / "map.json"), "Queue", day, dry_run, lambda _rows: None
            )

    def run(text, map=MAP, day=None):
        tried, done = once(text, map, True, day), once(text, map, False, day)
        said = [
            (each.rows, each.new, each.known, each.changed, each.refused, each.ratings, each.not_marks)
            for each in (tried, done)
        ]
        assert said[0] == said[1]
        return done

    return run


def test_a_known_number_with_other_content_is_new_and_named(bring):
    bring(MARCH)

    april = bring(APRIL)

    assert (april.new, april.known, april.changed) == (3, 0, [(2, "1"), (3, "2"), (4, "3")])
    assert "3 changed" in april.sentence()
    of_april = [each.utility for each in db.session.query(Observation) if each.observed_at.month == 4]
    assert sorted(of_april) == [1, 1, 2]
    assert (bring(APRIL).known, bring(MARCH).known) == (3, 3)
    assert db.session.query(Visit).count() == 6


def test_one_cell_is_enough_to_be_changed_and_a_moved_or_added_column_is_not(bring):
    bring(MARCH)

    moved = "Extra,Queue,No,Date\n,5,1,2026-03-02\nx,3,2,2026-03-03\n,,3,2026-03-04\n"

    assert (outcome := bring(moved)).changed == [(3, "2"), (4, "3")]
    assert (outcome.known, outcome.new) == (1, 2)


def test_the_same_file_by_another_map_is_known(bring):
    bring(MARCH)
    waits = {**MAP, "columns": {**MAP["columns"], "Queue": {**QUEUE, "level": "usability"}}}

    again = bring(MARCH, waits)

    assert (again.new, again.known, again.changed) == (0, 3, [])


def test_the_trial_refuses_what_the_import_refuses(bring, app):
    with pytest.raises(BadFile, match="cannot stand for the rows"):
        bring(MARCH, day=date(2099, 1, 1))
    db.session.query(Journey).update({"name": {"en": "Queue", "zh": "排队"}})
    db.session.commit()
    with pytest.raises(BadFile, match="people shadow"):
        bring(MARCH)


def test_visits_without_any_observation_go_in(bring, app, lena):
    outcome = bring(ONLY_OVERALL, CSAT)
    work(app)

    assert (outcome.new, outcome.refused) == (3, [])
    assert sorted(each.satisfaction for each in db.session.query(Visit)) == [2, 4, 5]
    journey = db.session.query(Journey).filter_by(origin="import").one()
    for page in ("/summary", "/areas", f"/areas?journey={journey.id}", f"/summary?journey={journey.id}"):
        assert lena.get(page).status_code == 200


def test_nothing_new_makes_no_journey(bring):
    outcome = bring("No,Date,Queue\n")

    assert (outcome.rows, outcome.new, outcome.import_id) == (0, 0, None)
    assert db.session.query(Journey).filter_by(origin="import").count() == 0


def draft():
    db.session.rollback()
    return db.session.query(ImportDraft).order_by(ImportDraft.id.desc()).first()


def test_pages_name_the_rows_that_changed(lena, app):
    said = {"journey_name": "Queue", "c2-scale-said": "1-5"}
    where = bring_by_page(lena, MARCH, "march.csv").location
    lena.post(where, data={**said, "step": "import"})
    work(app)
    where = bring_by_page(lena, APRIL, "april.csv").location
    lena.post(where, data={**said, "step": "try"})
    work(app)
    tried, page = draft().outcome, lena.get(where).get_data(as_text=True)
    assert "3 rows have changed" in page and "Import 3 rows" in page
    lena.post(where, data={**said, "step": "import"})
    work(app)

    assert draft().outcome == tried
    assert (tried["new"], tried["known"], tried["changed"]) == (3, 0, 3)
    page = lena.get(where).get_data(as_text=True)
    assert "3 rows have changed" in page and "with other content" in page


def test_the_command_names_them(app, tmp_path):
    (tmp_path / "map.json").write_text(json.dumps(MAP))
    for name, text in (("march", MARCH), ("april", APRIL)):
        (tmp_path / f"{name}.csv").write_text(text)
        words = ["import", str(tmp_path / f"{name}.csv"), "--map", str(tmp_path / "map.json"), "--journey", "Queue"]
        said = app.test_cli_runner().invoke(args=words).output

    assert "3 changed" in said and "row 2: “1” is here already with other content" in said
