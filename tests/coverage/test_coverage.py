"""Coverage through the doors: kept-up totals and the ways of visits agree, filters, core needs, consistency."""

import uuid
from datetime import timedelta

import pytest

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.vocabulary import STAGE_KINDS
from shadowing.coverage.models import JourneyWays
from shadowing.coverage.pages import coverage_of, offered_places
from shadowing.coverage.path_arrays import load_paths
from shadowing.coverage.path_summary import ways_of
from shadowing.coverage.seen_counts import counted, seen_by
from shadowing.journeys.models import Journey
from shadowing.people.reader import Reader
from shadowing.scoring.filter import Asked
from shadowing.scoring.queries import panel_of_journey
from shadowing.scoring.refresh import rebuild_paths
from shadowing.scoring.statistics.proportions import wilson
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.totals import VisitPath
from shadowing.visits.paths import packed, unpacked
from shadowing.visits.window import WINDOW
from tests.conftest import a_visit, an_observation, days_ago, person, site, touchpoint, work


def walk(client, journey, keys=("payment",), days=1.0, visit=None, **fields):
    """One visit so many days ago that saw these touchpoints. fields: of the visit; `said` of every observation."""
    said = fields.pop("said", {"utility": 3})
    made = visit or a_visit(journey, started_at=days_ago(days).isoformat(), **fields)
    seen = [
        an_observation(journey, made, key, observed_at=(days_ago(days) + timedelta(minutes=n)).isoformat(), **said)
        for n, key in enumerate(keys)
    ]
    answer = client.post("/api/v1/sync", json={"visits": [made], "observations": seen})
    assert answer.status_code == 200, answer.get_json()
    return made, seen


def covered(client, **asked):
    answer = client.get("/api/v1/coverage", query_string=asked)
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def cell(document, stage, channel):
    return next((c for c in document["cells"] if (c["stage"], c["channel"]) == (stage, channel)), None)


def both_ways(asked=None):
    """What the fits kept and what the ways of the visits say."""
    journey, now, asked = db.session.query(Journey).one(), clock.now(), asked or Asked()
    panel = panel_of_journey(journey)
    found = offered_places(journey, panel)
    walked = load_paths(panel, journey.id, asked.start(now), site_id=asked.site_id)
    return seen_by(journey, panel, found, asked, None, now), counted(walked, found)


def test_kept_totals_and_ways_of_visits_agree_after_writes_changes_deletions_and_moves(olga, otto, journey, app):
    walk(olga, journey, ("booking", "payment", "pharmacy"), days=3)
    visit, seen = walk(otto, journey, ("payment", "greeting"), days=2, site_id="2", encounter_id=str(uuid.uuid4()))
    walk(olga, journey, ("payment",), days=1, encounter_id=visit["encounter_id"], site_id="2")
    work(app)
    kept, walked = both_ways()
    assert kept == walked
    assert kept.cell("core", "counter").visits == 2

    otto.post(
        "/api/v1/sync",
        json={
            "visits": [{**visit, "revision": 2, "base_revision": 1, "site_id": "1"}],
            "observations": [{**seen[1], "revision": 2, "base_revision": 1, "deleted_at": clock.now().isoformat()}],
        },
    )
    work(app)
    kept, walked = both_ways()
    assert kept == walked
    assert kept.cell("first", "person").visits == 0
    for asked in (Asked(site_id=1), Asked(site_id=2)):
        kept, walked = both_ways(asked)
        assert kept == walked


def test_a_rebuild_from_rows_says_the_same(olga, journey, app):
    walk(olga, journey, ("booking", "payment"), said={"utility": 2, "handover": "lost"})
    work(app)
    before = {path.visit_id: path.steps for path in db.session.query(VisitPath)}
    with writing():
        db.session.rollback()
        db.session.query(VisitPath).delete()
        db.session.commit()

    assert rebuild_paths() == 1

    assert {path.visit_id: path.steps for path in db.session.query(VisitPath)} == before
    assert len(before) == 1


def test_hand_overs_and_links_kept_up_are_those_counted_from_the_ways(olga, otto, journey, app):
    walk(olga, journey, ("booking", "payment"), said={"utility": 2, "handover": "lost"}, scenario="In a hurry")
    walk(otto, journey, ("greeting", "registration"), site_id="2", said={"utility": 4, "handover": "repeated"})
    work(app)
    found, now = db.session.query(Journey).one(), clock.now()
    panel = panel_of_journey(found)
    places = offered_places(found, panel)

    kept = ways_of(found, panel, places, None, now)

    assert db.session.get(JourneyWays, (panel, found.id)).figures["scenarios"] == ["In a hurry"]
    assert kept == ways_of(found, panel, places, load_paths(panel, found.id, now - WINDOW), now)
    assert len(kept.overlaps) == 1
    assert kept.places


def test_fresh_is_three_visits_within_ninety_days(olga, lena, journey, app):
    for days in (95, 94, 93):
        walk(olga, journey, ("payment",), days=days)
    for days in (3, 2, 1):
        walk(olga, journey, ("greeting",), days=days)
    walk(olga, journey, ("reminder",), days=1)
    work(app)
    page = covered(lena)

    assert (cell(page, "first", "person")["state"], cell(page, "first", "person")["visits"]) == ("fresh", 3)
    assert cell(page, "first", "msg")["state"] == "thin"
    assert cell(page, "core", "counter")["state"] == "ageing"
    assert cell(page, "core", "person")["state"] == "overlooked"
    assert cell(page, "core", "advert") is None
    assert 0 < page["seen_weight"] < 1


def test_filters_by_persona_scenario_site_and_day(olga, journey, app, lena):
    persona = lena.get("/api/v1/carry").get_json()["personas"]
    walk(olga, journey, days=40, scenario="First visit", site_id="1")
    walk(olga, journey, days=5, site_id="2", persona_id=persona[0]["id"] if persona else None)
    work(app)

    counts = {
        name: cell(covered(lena, **asked), "core", "counter")["visits"]
        for name, asked in {
            "all": {},
            "scenario": {"scenario": "First visit"},
            "site": {"site": "2"},
            "since": {"since": days_ago(30).date().isoformat()},
            "ever": {"since": "0001-01-01"},
            "both": {"site": "1", "since": days_ago(30).date().isoformat()},
        }.items()
    }
    assert counts == {"all": 2, "scenario": 1, "site": 1, "since": 1, "ever": 2, "both": 0}
    if persona:
        assert cell(covered(lena, persona=persona[0]["id"]), "core", "counter")["visits"] == 1


def test_a_filter_that_finds_nobody_shows_nothing_instead_of_everything(olga, lena, journey, app):
    walk(olga, journey, ("greeting", "registration"), said={"utility": 3, "handover": "lost"})
    work(app)
    page = covered(lena, scenario="Nobody ever")

    assert {c["visits"] for c in page["cells"]} == {0}
    assert page["hand_overs"] == {"channels": [], "touchpoints": []}


@pytest.mark.parametrize(
    ("asked", "status", "named"),
    [
        ({"since": "yesterday"}, 422, "since"),
        ({"since": "0001-01-01"}, 200, None),
        ({"since": "99999-01-01"}, 422, "since"),
        ({"site": "x"}, 404, None),
        ({"site": "999999"}, 404, None),
        ({"persona": "9" * 40}, 404, None),
        ({"journey": "77"}, 404, None),
        ({"scenario": "\x00" * 5000}, 200, None),
    ],
    ids=["no day", "long ago", "no year", "no number", "no site", "no persona", "no journey", "nothing"],
)
def test_what_cannot_be_asked_is_said(lena, asked, status, named):
    answer = lena.get("/api/v1/coverage", query_string=asked)

    assert answer.status_code == status
    if named:
        assert [error["path"] for error in answer.get_json()["errors"]] == [named]


def test_core_needs_without_fresh_evidence_are_called_out_by_name(olga, lena, journey, app):
    for days in (3, 2, 1):
        walk(olga, journey, ("payment",), days=days)
    walk(olga, journey, ("tests",), days=1)
    work(app)
    needs = {need["touchpoint_id"]: need for need in covered(lena)["core_needs"]}

    assert touchpoint(journey, "payment")["id"] not in needs
    thin, never = needs[touchpoint(journey, "tests")["id"]], needs[touchpoint(journey, "consultation")["id"]]
    assert (thin["visits"], thin["effort"]) == (1, True)
    assert (never["visits"], never["planned"], never["effort"]) == (0, False, False)
    assert never["need"]["en"] and never["need"]["zh"]

    with writing():
        db.session.rollback()
        wanted = [touchpoint(journey, "consultation")["id"]]
        db.session.add(Plan(journey_id=1, touchpoint_ids=wanted, site_id=1, starts_at=clock.now()))
        db.session.commit()
    needs = {need["touchpoint_id"]: need for need in covered(lena)["core_needs"]}
    assert needs[wanted[0]]["effort"]
    assert needs[wanted[0]]["planned"]


def test_without_any_visit_everything_is_overlooked(lena):
    page = covered(lena)

    assert {c["state"] for c in page["cells"]} == {"overlooked"}
    assert (page["fresh_share"], page["seen_weight"]) == (0.0, 0.0)
    assert {one["why"] for one in page["suggestions"]} == {"never"}
    assert page["consistency"] == {"channels": [], "sites": [], "probes": []}


def test_channels_and_sites_side_by_side_refuse_to_compare_what_nobody_connects(olga, otto, lena, journey, app):
    for _ in range(5):
        for client, channel, rating in ((olga, "counter", 1), (otto, "app", 5)):
            visit = a_visit(journey)
            seen = an_observation(journey, visit, "payment", channel=channel, utility=rating)
            client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)
    (payment,) = covered(lena)["consistency"]["channels"]
    assert payment["verdict"] == "no_overlap"

    for channel, rating in (("counter", 1), ("app", 5)) * 3:
        visit = a_visit(journey)
        seen = an_observation(journey, visit, "payment", channel=channel, utility=rating)
        olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)
    (payment,) = covered(lena)["consistency"]["channels"]
    assert payment["verdict"] == "differs"
    assert {side["name"]["en"]: side["rows"] for side in payment["sides"]} == {"counter": 8, "app": 8}


def test_hand_overs_lost_between_channels(olga, lena, journey, app):
    for _ in range(5):
        visit = a_visit(journey)
        seen = [
            an_observation(journey, visit, "greeting", utility=3),
            an_observation(journey, visit, "registration", channel="kiosk", utility=2, handover="lost"),
        ]
        assert olga.post("/api/v1/sync", json={"visits": [visit], "observations": seen}).status_code == 200
    work(app)
    (pair,) = covered(lena)["hand_overs"]["channels"]

    assert (pair["from"], pair["to"], pair["counts"]) == (
        "person",
        "kiosk",
        {"smooth": 0, "repeated": 0, "lost": 5},
    )
    assert pair["lost"]["low"] == pytest.approx(wilson(5, 5).low)


def test_the_phone_carries_where_one_more_visit_helps_in_both_languages(olga, journey, app):
    walk(olga, journey, ("payment",))
    work(app)
    said = olga.get("/api/v1/carry").get_json()["suggestions"]

    assert len(said) == 3
    assert all(one["reason"]["en"] and one["reason"]["zh"] and one["site_id"] is None for one in said)
    known = {t["id"]: t["channels"] for stage in journey["stages"] for t in stage["touchpoints"]}
    assert all(one["channel"] in known[one["touchpoint_id"]] for one in said)
    first, again = (olga.get("/api/v1/carry").headers["ETag"] for _ in range(2))
    assert first == again


def test_suggestions_follow_the_sites_of_the_person(olga, journey, app):
    with writing():
        db.session.rollback()
        person("olga").sites = [site(0), site(1)]
        db.session.commit()
    said = olga.get("/api/v1/carry").get_json()["suggestions"]

    assert [one["site_id"] for one in said] == ["1", "1", "1", "2", "2", "2"]


def test_a_visit_thrown_away_leaves_coverage(olga, lena, journey, app):
    visit, _ = walk(olga, journey)
    work(app)
    assert db.session.query(VisitPath).count() == 1

    gone = {**visit, "revision": 2, "base_revision": 1, "deleted_at": clock.now().isoformat()}
    olga.post("/api/v1/sync", json={"visits": [gone]})
    work(app)

    assert db.session.query(VisitPath).count() == 0
    assert cell(covered(lena), "core", "counter")["visits"] == 0


def test_competitors_do_not_count(olga, lena, journey, app):
    walk(olga, journey, site_id="3", mode="walked")
    work(app)

    assert cell(covered(lena), "core", "counter")["visits"] == 0


def test_observers_do_not_read_coverage(olga, emil):
    assert olga.get("/api/v1/coverage").status_code == 403
    assert emil.get("/api/v1/coverage").status_code == 200


def test_coverage_of_no_journey_is_empty(app):
    assert coverage_of(None, Asked(), None, clock.now(), Reader(None, "admin", None, "en")).matrix.cells == ()


def test_packed_steps_come_back():
    first, second = packed([(7, 1_800_000_000, "lost"), (70_000, -5, None)]), packed([(9, 9e12, "smooth")])

    steps = unpacked([first, second])
    assert steps["area"].tolist() == [7, 70_000, 9]
    assert steps["at"].tolist() == [1_800_000_000, 0, 2**32 - 1]
    assert steps["handover"].tolist() == [3, 0, 1]


def test_stages_keep_their_order(olga, lena):
    stages = list(dict.fromkeys(c["stage"] for c in covered(lena)["cells"]))

    assert stages == [stage for stage in STAGE_KINDS if stage in stages]
