"""A day is the site's day everywhere: here the house is in Berlin, the site in Shanghai, the phone in New York."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.people.accounts import organisation
from shadowing.people.zones import Zones
from shadowing.phone.withdrawal.codes import code_hash
from shadowing.planning.plans.letters import plan_letter
from shadowing.scoring.models import ALL, AreaResult
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.totals import Tally
from shadowing.visits.models.visit import Observation, Visit
from tests.conftest import a_visit, an_observation, person, site, work
from tests.planning.plans.test_plan_pages import text_of
from tests.planning.plans.test_plans_api import me, planned

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
#: Late on the last day of a week; early on the first, when the others still have Sunday; and when they have Tuesday.
HOURS = [
    (datetime(2027, 1, 10, 23, 30, tzinfo=SHANGHAI), "2027-01-10", "2027-01-04", "Sunday 10 January"),
    (datetime(2027, 1, 11, 0, 30, tzinfo=SHANGHAI), "2027-01-11", "2027-01-11", "Monday 11 January"),
    (datetime(2027, 1, 13, 6, 30, tzinfo=SHANGHAI), "2027-01-13", "2027-01-11", "Wednesday 13 January"),
]
HOUR = pytest.mark.parametrize(("at", "day", "monday", "named"), HOURS, ids=["Sunday", "Monday", "Wednesday"])
CODE = "KRMTWD"


@pytest.fixture
def far(app, monkeypatch):
    """The first site is in Shanghai; it is Monday noon there, and then nothing has been missed yet."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 4, 4, 0, tzinfo=UTC))
    with writing():
        organisation().time_zone = "Europe/Berlin"
        site(0).time_zone = "Asia/Shanghai"
        db.session.commit()
    db.session.rollback()


def walked(client, journey, at, monkeypatch, **fields):
    """A phone set to New York's clock, used in Shanghai; the server hears of it an hour later."""
    monkeypatch.setattr(clock, "now", lambda: at.astimezone(UTC) + timedelta(hours=1))
    said = at.astimezone(NEW_YORK).isoformat()
    visit = a_visit(journey, started_at=said, ended_at=said, withdrawal_hash=code_hash(CODE), **fields)
    seen = an_observation(journey, visit, "payment", observed_at=said, utility=2, quote="It took an hour.")
    visit["consent"] = {"answer": "yes", "text_version": 1, "at": said}
    answer = client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    assert {each["status"] for each in answer.get_json()["results"]} == {201}
    return visit, seen


def week(client, monday):
    """What the plan page shows of that week, by day."""
    page = (
        text_of(client.get("/plan", query_string={"week": monday})).partition('id="week"')[2].partition("</section>")[0]
    )
    return dict(part.partition("</h3>")[::2] for part in page.split('<h3 class="plan-day')[1:])


def of_day(shown, named):
    return next((rows for head, rows in shown.items() if named in head), "")


@HOUR
def test_a_plan_stands_in_the_week_and_on_the_day_of_its_site(far, lena, journey, at, day, monday, named):
    form = {"journey_id": journey["id"], "site_id": "1", "day": day, "time": f"{at:%H:%M}", "observer_id": me("olga")}
    answer = lena.post("/plan", data=form)

    assert f"week={day}" in answer.location
    assert db.session.query(Plan).one().starts_at == at
    assert f"{at:%H:%M}" in of_day(week(lena, day), named)
    assert "Olga" in of_day(week(lena, monday), named)
    for days in (-7, 7):
        assert "Olga" not in str(week(lena, (datetime.fromisoformat(monday) + timedelta(days=days)).date().isoformat()))


@HOUR
def test_whose_clock_is_meant_is_said_where_it_is_not_the_houses(far, lena, olga, journey, at, day, monday, named):
    at_main, at_east = [planned(lena, journey, starts_at=at.isoformat(), site_id=id)[0] for id in ("1", "2")]

    assert "China Standard Time" in text_of(lena.get(f"/plan/{at_main['id']}"))
    assert "Time</span>" not in text_of(lena.get(f"/plan/{at_east['id']}")).partition("<main")[2].partition("<form")[0]
    assert "By the site’s clock" in text_of(lena.get("/plan"))
    assert "China Standard Time" in text_of(olga.get("/slots"))


@HOUR
def test_a_letter_says_the_sites_day_and_clock_and_a_calendar_the_instant(
    far, lena, olga, journey, at, day, monday, named
):
    planned(lena, journey, starts_at=at.isoformat(), observer_id=me("olga"))
    _subject, text = plan_letter(db.session.query(Plan).one(), person("olga"), "Lena")
    olga.post("/slots/calendar")
    address = text_of(olga.get("/slots")).partition("/plan.ics?key=")[2].partition('"')[0]

    assert f"{named}, {at:%H:%M} (China Standard Time)" in text
    feed = text_of(olga.get(f"/plan.ics?key={address}"))
    assert f"DTSTART:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" in feed


@HOUR
def test_what_was_seen_counts_on_the_sites_day_on_every_page(
    far, app, lena, olga, journey, monkeypatch, at, day, monday, named
):
    _visit, seen = walked(olga, journey, at, monkeypatch)
    work(app)
    result = db.session.query(AreaResult).filter_by(scope=ALL).one()
    short = f"{at.day} Jan"

    assert {row.day for row in db.session.query(Tally)} == {day}
    assert {row.offset_minutes for row in db.session.query(Observation)} == {8 * 60}
    assert f"last seen {short}" in text_of(lena.get(f"/areas/{result.area_id}"))
    assert short in text_of(lena.get(f"/areas/{result.area_id}/observations")).partition('class="seen"')[2]
    summary = text_of(lena.get("/summary"))
    assert f"{short} to {short}" in summary and short in summary.partition("It took an hour.")[2][:200]
    with_code = text_of(olga.get(f"/w/{CODE}"))
    assert short in with_code and f"{at:%H:%M}" in with_code


@HOUR
def test_an_observation_that_came_before_its_visit_counts_on_the_same_day(
    far, olga, journey, monkeypatch, at, day, monday, named
):
    monkeypatch.setattr(clock, "now", lambda: at.astimezone(UTC) + timedelta(hours=1))
    said = at.astimezone(NEW_YORK).isoformat()
    visit = a_visit(journey, started_at=said)
    seen = an_observation(journey, visit, "payment", observed_at=said, utility=2)
    olga.post("/api/v1/sync", json={"visits": [], "observations": [seen]})
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": []})

    assert {row.day for row in db.session.query(Tally)} == {day}
    assert (db.session.query(Observation).one().offset_minutes, db.session.query(Visit).one().offset_minutes) == (
        480,
        480,
    )


def test_since_is_a_day_at_the_site_asked_for_and_comes_back_as_it_was_said(far, lena, olga, journey, monkeypatch):
    walked(olga, journey, HOURS[1][0], monkeypatch)
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 20, 12, tzinfo=UTC))
    since = {"site": "1", "since": "2027-01-11"}

    assert '<option value="2027-01-11" selected>' in text_of(lena.get("/plan", query_string=since))
    told = {site: lena.get("/api/v1/coverage", query_string={**since, "site": site}).get_json() for site in ("1", "2")}
    assert told["1"]["since"] == "2027-01-10T16:00:00+00:00"
    assert told["2"]["since"] == "2027-01-10T23:00:00+00:00"


def test_today_on_a_page_of_one_site_is_today_there(far, app, lena, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 10, 17, 0, tzinfo=UTC))  # Monday in Shanghai

    assert "This week" in text_of(lena.get("/plan?week=2027-01-10"))
    assert "This week" in text_of(lena.get("/plan?week=2027-01-11&site=1"))
    with writing():
        person("lena").sites = [site(0)]
        db.session.commit()
    assert "This week" in text_of(lena.get("/plan?week=2027-01-11"))


@pytest.mark.parametrize(
    ("day", "time", "instant"),
    [
        ("2027-03-27", "23:30", "2027-03-27T22:30:00+00:00"),
        ("2027-03-28", "01:30", "2027-03-28T00:30:00+00:00"),
        ("2027-03-28", "23:30", "2027-03-28T21:30:00+00:00"),
        ("2027-03-29", "00:30", "2027-03-28T22:30:00+00:00"),
        ("2027-10-31", "23:30", "2027-10-31T22:30:00+00:00"),
    ],
)
def test_the_day_the_clocks_change_has_its_own_hours(far, lena, journey, day, time, instant):
    form = {"journey_id": journey["id"], "site_id": "2", "day": day, "time": time, "observer_id": me("olga")}
    answer = lena.post("/plan", data=form)

    assert f"week={day}" in answer.location
    assert db.session.query(Plan).one().starts_at.isoformat() == instant
    named = f"{datetime.fromisoformat(day):%A %-d %B}"
    assert time in of_day(week(lena, day), named)


def test_the_latest_day_is_the_one_of_the_site_furthest_east():
    known = Zones(ZoneInfo("Europe/Berlin"), {1: ZoneInfo("Pacific/Auckland"), 2: ZoneInfo("America/New_York")})

    assert known.latest_day(datetime(2027, 1, 10, 12, tzinfo=UTC)).isoformat() == "2027-01-11"
    assert known.at(None) == known.at(3) == known.home


def test_a_moment_at_the_edge_of_time_has_a_day_all_the_same():
    assert clock.day_at(datetime.min.replace(tzinfo=UTC), NEW_YORK).isoformat() == "0001-01-01"
    assert clock.offset_at(datetime.max.replace(tzinfo=UTC), SHANGHAI) == 0
