"""/goals: targets move with their defaults, satisfaction in customers, progress without names."""

import pytest

from shadowing.authoring.editor.models import JourneyDraft
from shadowing.authoring.goals.models import Goal
from shadowing.core.database import db
from shadowing.journeys.models import TargetDefault, Touchpoint
from shadowing.people.accounts import add_person
from shadowing.scoring.models import Benchmark
from shadowing.visits.models.totals import ScoreChange
from tests.authoring.editor.test_editor import fields, page
from tests.conftest import a_visit, an_observation, work
from tests.support.fields import error_at, typed_in


def target(key, level="utility", journey=1):
    db.session.rollback()
    found = db.session.query(Touchpoint).filter_by(key=key, journey_id=journey).one()
    return round(found.target(level), 6)


def set_targets(client, journey=0, **said):
    return client.post(f"/goals/targets/{journey}", data={f"target_{level}": n for level, n in said.items()})


def test_a_default_moves_all_that_follow_it(lena, olga, app, journey):
    visit = a_visit(journey)
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [an_observation(journey, visit, utility=2)]})
    work(app)
    lena.post("/journeys/1/touchpoints/payment", data={**fields(lena, "payment"), "target_utility": "90"})
    lena.post("/journeys/1/publish", data={"revision": draft().revision})
    work(app)

    assert set_targets(lena, utility="80").status_code == 303

    assert (target("waiting_room"), target("payment"), target("waiting_room", "delight")) == (4.2, 4.6, 3.5)
    assert db.session.query(ScoreChange).count(), "scores are judged anew"
    carried = olga.get("/api/v1/carry").get_json()["journeys"][0]
    assert {t["targets"]["utility"] for stage in carried["stages"] for t in stage["touchpoints"]} == {4.2, 4.6}
    shown = page(lena.get("/goals"))
    assert "targets of their own" in shown and "Utility 90" in shown and "from the organisation" in shown
    assert "Targets of its own: Utility" in page(lena.get("/journeys/1?t=payment"))


def draft(journey=1):
    db.session.rollback()
    return db.session.get(JourneyDraft, journey)


def test_a_journey_has_its_own_and_gives_it_up_again(lena):
    set_targets(lena, utility="80")
    set_targets(lena, 1, utility="70", delight="60")
    assert (target("payment"), target("payment", "delight")) == (3.8, 3.4)
    assert "from the journey" in page(lena.get("/goals"))

    set_targets(lena, 1)

    assert (target("payment"), target("payment", "delight")) == (4.2, 3.5)


def test_drafts_move_too_so_that_publishing_does_not_undo_it(lena):
    lena.post("/journeys/1/map", data={"do": "up:payment", "revision": "0"})
    set_targets(lena, utility="80")
    lena.post("/journeys/1/publish", data={"revision": draft().revision})

    assert target("payment") == 4.2


def test_a_new_touchpoint_begins_with_what_applies(lena):
    set_targets(lena, 1, utility="80")
    answer = lena.post("/journeys/1/map", data={"do": "add:core", "revision": "0"})

    assert "They follow the journey" in page(lena.get(answer.location.partition("#")[0]))


@pytest.mark.parametrize("said", ["101", "-1", "a", "4.2", "1e9", "٣", "9" * 9])
def test_numbers_that_are_none(lena, said):
    answer = set_targets(lena, 1, utility=said, delight="60")

    assert answer.status_code == 422
    assert "Write a whole number from 0 to 100" in page(answer) and f'value="{said}"' in page(answer)
    db.session.rollback()
    assert db.session.query(TargetDefault).count() == 0


def test_the_line_of_satisfaction_in_customers(emil, lena, olga, app, journey):
    for number in range(6):
        visit = a_visit(journey, satisfaction=5 if number else 2)
        seen = an_observation(journey, visit, utility=4)
        olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)

    shown = page(emil.get("/goals"))

    assert "5 of 6 satisfied" in shown and "open: it could be either" in shown
    assert "patients a month may leave unsatisfied" in shown


def test_each_of_us_in_counts_only(lena, olga, app, journey):
    olga.put(f"/api/v1/visits/{(visit := a_visit(journey))['id']}", json=visit)

    shown = page(lena.get("/goals"))

    assert "1 of 5 have" in shown and "Nursing" in shown
    assert "Olga" not in shown and "Otto" not in shown
    add_person("new@test.example", "New", "observer", None)
    db.session.commit()
    assert "Small departments and others" in page(lena.get("/goals"))


def test_goals_are_set(lena):
    assert lena.post("/goals", data={"satisfied": "85", "visits": "2", "period": "month"}).status_code == 303

    assert "Each of us 2 times a month" in page(lena.get("/goals")) and "85%" in page(lena.get("/goals"))


@pytest.mark.parametrize(
    "said", [{}, {"satisfied": "40"}, {"visits": "0"}, {"period": "week"}, {"satisfied": "x"}, {"visits": "\x00"}]
)
def test_goals_that_are_none(lena, said):
    fine = {"satisfied": "85", "visits": "2", "period": "month"}

    assert lena.post("/goals", data={**fine, **said} if said else {}).status_code == 422
    db.session.rollback()
    assert db.session.query(Goal).count() == 0


def test_what_is_wrong_stands_at_its_field(lena):
    answer = lena.post("/goals", data={"satisfied": "40", "visits": "", "period": "year"})

    assert error_at(answer, "satisfied") == "Write a whole number from 50 to 100."
    assert error_at(answer, "visits") == "Write a number."
    assert (typed_in(answer, "satisfied"), typed_in(answer, "period"), error_at(answer, "period")) == ("40", "year", "")
    wrong = set_targets(lena, 1, utility="half", delight="60")
    assert [error_at(wrong, "target_utility", number) for number in (0, 1)] == [
        "",
        "Write a whole number from 0 to 100.",
    ]
    assert typed_in(wrong, "target_utility", 1) == "half" and typed_in(wrong, "target_delight", 1) == "60"


def test_who_may(olga, emil, lena):
    assert olga.get("/goals").status_code == 403
    assert emil.get("/goals").status_code == 200
    assert emil.post("/goals", data={}).status_code == 403
    assert set_targets(lena, 99, utility="80").status_code == 404


FIGURE = {
    "name": "Hospitals 2026",
    "value": "72.5",
    "scale": "index",
    "error": "",
    "day": "2026-03-01",
    "source": "Yearbook, page 12",
}


def set_benchmark(client, journey=1, **said):
    return client.post(f"/goals/benchmark/{journey}", data={**FIGURE, **said})


def test_a_figure_to_hold_the_index_against(lena, emil):
    assert set_benchmark(lena, published="y").status_code == 303

    shown = page(emil.get("/goals"))
    assert "“Hospitals 2026”: 72.5" in shown and "Yearbook, page 12, 1 Mar 2026" in shown
    assert "For orientation only." in shown

    assert set_benchmark(lena, value="70", error="1,5").status_code == 303
    again = page(lena.get("/goals"))
    assert "“Hospitals 2026”: 70, standard error 1.5" in again and "For orientation only." not in again

    lena.post("/goals/benchmark/1/remove")
    assert "Hospitals 2026" not in page(emil.get("/goals"))
    db.session.rollback()
    assert db.session.query(Benchmark).count() == 0


@pytest.mark.parametrize(
    ("field", "said", "sentence"),
    [
        ("name", "", "Say whose figure it is."),
        ("value", "", "Write a number."),
        ("value", "101", "Write a number from 0 to 100."),
        ("value", "1e1", "Write a number from 0 to 100."),
        ("value", "-3", "Write a number from 0 to 100."),
        ("error", "-1", "Write a number from 0 to 100."),
        ("error", "nan", "Write a number from 0 to 100."),
        ("scale", "other", "Only a figure from 0 to 100 can be compared."),
        ("scale", "", "Choose one of these."),
        ("day", "", "Write the day as YYYY-MM-DD."),
        ("day", "1 March", "Write the day as YYYY-MM-DD."),
        ("source", " ", "Say where it stands, so that others find it."),
        ("source", "x" * 301, "This is too long; 300 signs at most."),
    ],
)
@pytest.mark.engine("sqlite")
def test_figures_that_cannot_be_compared(lena, field, said, sentence):
    answer = set_benchmark(lena, **{field: said})

    assert answer.status_code == 422
    assert sentence in page(answer)
    db.session.rollback()
    assert db.session.query(Benchmark).count() == 0


def test_who_may_say_what_the_index_is_held_against(olga, emil, lena):
    assert set_benchmark(olga).status_code == 403
    assert set_benchmark(emil).status_code == 403
    assert emil.post("/goals/benchmark/1/remove").status_code == 403
    assert set_benchmark(lena, 99).status_code == 404
    assert set_benchmark(lena, **{field: "" for field in FIGURE}).status_code == 422
