"""Taking rows in: one transaction, nothing twice, nothing lost, rows in = imported + refused."""

from __future__ import annotations

import json
from datetime import date

import pytest

from shadowing.core.database import db, writing
from shadowing.core.table_errors import BadFile
from shadowing.imports import store_rows
from shadowing.imports.store_rows import import_spreadsheet
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.scoring.models import AreaResult
from shadowing.visits.models.imported import Import
from shadowing.visits.models.totals import Panel, ScoreChange, Tally
from shadowing.visits.models.visit import Observation, Visit
from tests.conftest import work
from tests.imports.desk_survey import GOOD, MAP, a_map, columns, row, sheet


@pytest.fixture
def bring(app, tmp_path):
    """Import a text, as the command does."""
    (tmp_path / "map.json").write_text(json.dumps(MAP))

    def run(text, map=None, journey="Desk survey", day=None, dry_run=False):
        if map is not None:
            (tmp_path / "map.json").write_text(json.dumps(map.model_dump(mode="json")))
        path = tmp_path / "sheet.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        db.session.rollback()
        with writing():
            return import_spreadsheet(str(path), str(tmp_path / "map.json"), journey, day, dry_run, lambda _rows: None)

    return run


def stored():
    """How much of an import there is."""
    imported = db.session.query(Journey).filter_by(origin="import").count()
    return [
        imported,
        *(db.session.query(model).count() for model in (Import, Panel, Visit, Observation, Tally, ScoreChange)),
    ]


NOTHING = [0] * 7
TEN = [row(no=str(number), useful=str(number % 5 + 1)) for number in range(1, 11)]


def test_rows_in_are_imported_or_refused_and_marks_are_ratings_or_not(bring, app):
    outcome = bring(sheet(*TEN, row(no="11", useful="0"), row(no="12", easy="7"), row(no="1")))

    assert (outcome.rows, outcome.new, outcome.known, len(outcome.refused)) == (13, 11, 0, 2)
    assert (outcome.ratings, outcome.not_marks) == (32, 1)
    kept = db.session.query(Import).one()
    assert (kept.rows_in, kept.rows_imported, kept.rows_refused) == (13, 11, 2)
    assert (kept.ratings, kept.not_marks) == (32, 1)
    assert [(each["row"], each["code"]) for each in kept.refused] == [(13, "not_a_rating"), (14, "twice")]
    rated = db.session.query(Observation)
    levels = ("utility", "usability", "delight")
    assert sum(getattr(each, level) is not None for each in rated for level in levels) == outcome.ratings
    assert sum(each.n for each in db.session.query(Tally) if each.kind in levels) == outcome.ratings


def test_an_import_is_a_panel_of_its_own_with_its_own_map(bring, app):
    bring(sheet(*TEN))
    work(app)

    journey = db.session.query(Journey).filter_by(origin="import").one()
    assert journey.name == MAP["name"]
    places = db.session.query(Touchpoint.key, Area.channel).join(Area).filter(Touchpoint.journey_id == journey.id)
    assert set(places) == {("desk", "counter"), ("booking", "web")}
    panel = db.session.query(Panel).one()
    assert (panel.kind, panel.undated, panel.anchored_at.date()) == ("import", False, date(2026, 11, 5))
    assert {result.visits for result in db.session.query(AreaResult)} == {10}
    assert {visit.person_id for visit in db.session.query(Visit)} == {None}


def test_the_same_file_twice_makes_no_copy(bring):
    bring(sheet(*TEN))
    before = stored()

    again = bring(sheet(*TEN))

    assert (again.new, again.known) == (0, 10)
    assert stored() == before


def test_a_file_that_grew_brings_only_what_is_new(bring, app):
    bring(sheet(*TEN[:6]))

    again = bring(sheet(*TEN, row(no="11", day="12/11/2026")))

    assert (again.new, again.known) == (5, 6)
    assert db.session.query(Visit).count() == 11
    assert db.session.query(Panel).one().anchored_at.date() == date(2026, 11, 12)
    assert [each.rows_imported for each in db.session.query(Import).order_by(Import.id)] == [6, 5]


def test_next_years_questions_join_the_journey_and_lose_nothing(bring, app):
    bring(sheet(*TEN))
    app_rating = {"kind": "rating", "touchpoint": "desk", "channel": "app", "level": "utility"}
    next_year = a_map(
        touchpoints=[MAP["touchpoints"][1], {"key": "exit", "name": {"en": "Exit", "zh": "出口"}, "stage": "end"}],
        columns={
            "day": MAP["columns"]["day"],
            "useful": app_rating,
            "easy": {"kind": "rating", "touchpoint": "exit", "channel": "place", "level": "usability"},
        },
    )

    outcome = bring(sheet(row(no="100")), next_year)

    assert outcome.new == 1
    journey = db.session.query(Journey).filter_by(origin="import").one()
    offered = (
        db.session.query(Touchpoint.key, Area.channel)
        .join(Area)
        .filter(Touchpoint.journey_id == journey.id, Area.offered, Touchpoint.removed_at.is_(None))
    )
    assert set(offered) == {("booking", "web"), ("desk", "counter"), ("desk", "app"), ("exit", "place")}


def test_a_journey_that_people_shadow_takes_no_rows(bring):
    name = db.session.query(Journey).one().name

    for said in name.values():
        with pytest.raises(BadFile, match="people shadow"):
            bring(sheet(GOOD), journey=said)
    assert stored() == NOTHING


def test_rows_without_a_day_need_one_that_stands_for_them(bring):
    dateless = columns(day=None)

    with pytest.raises(BadFile, match=r"Row 2 .*--date"):
        bring(sheet(GOOD), dateless)
    assert stored() == NOTHING

    bring(sheet(GOOD), dateless, day=date(2026, 11, 1))

    panel = db.session.query(Panel).one()
    assert (panel.undated, panel.anchored_at.date()) == (True, date(2026, 11, 1))


def test_days_of_the_file_win_over_the_day_that_stands_in(bring):
    bring(sheet(GOOD, row(no="2", day="")), day=date(2026, 11, 1))

    assert {visit.started_at.date() for visit in db.session.query(Visit)} == {date(2026, 11, 5), date(2026, 11, 1)}
    assert db.session.query(Panel).one().undated is False


@pytest.mark.parametrize("step", ["add_to_tallies", "panel_changed", "_observations", "_panel"])
def test_broken_off_half_way_leaves_nothing(bring, monkeypatch, step):
    def fail(*_args):
        raise RuntimeError("pulled the plug")

    monkeypatch.setattr(store_rows, step, fail)
    with pytest.raises(RuntimeError):
        bring(sheet(*TEN))

    assert stored() == NOTHING


def test_a_dry_run_stores_nothing(bring):
    outcome = bring(sheet(*TEN, row(no="1")), dry_run=True)

    assert (outcome.new, len(outcome.refused)) == (10, 1)
    assert "would be imported" in outcome.sentence()
    assert stored() == NOTHING


def test_a_file_that_was_misunderstood_is_not_half_imported(bring):
    with pytest.raises(BadFile, match="does not fit"):
        bring(sheet(*TEN[:4], *(row(no=str(number), easy="100") for number in range(20, 26))))

    assert stored() == NOTHING


def test_what_stands_in_a_cell_is_text_and_stays_text(bring, lena, app):
    hostile = [
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "'; drop table visit; --",
        "{{ 7 * 7 }}",
        "\u202eevil",
    ]
    bring(sheet(*(row(no=str(n), why=f'"{words}"') for n, words in enumerate(hostile))))
    work(app)

    assert {each.note for each in db.session.query(Observation) if each.note} == {*hostile[:-1], "evil"}
    desk = db.session.query(Area.id).join(Touchpoint).filter(Touchpoint.key == "desk", Area.channel == "counter")
    shown = lena.get(f"/areas/{desk.scalar()}").get_data(as_text=True)
    assert "<script>alert" not in shown and ">49<" not in shown
