"""Two sites or two channels side by side: what is told apart, what is not, and for whom (METHOD 1.8, DECISIONS 34)."""

import io
import re
from math import sqrt

import pytest
from sqlalchemy import event

from shadowing.areas.comparison.figures import ComparedRow, SideGap, SideScore, ordered
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.journeys.models import Area, Journey
from shadowing.people.models import Site
from shadowing.scoring.models import AreaResult, AreaScore, KeptAreaSides, KeptFitSides
from shadowing.scoring.shapes import Estimate
from tests.conftest import a_visit, an_observation, person, site, work

MAIN, EAST, RIVAL = "1", "2", "3"


def see(client, journey, at, ratings, touchpoint="payment", channel="counter"):
    for rating in ratings:
        visit = a_visit(journey, site_id=at)
        seen = an_observation(journey, visit, touchpoint, channel=channel, utility=rating)
        answer = client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
        assert [each["status"] for each in answer.get_json()["results"]] == [201, 201]


@pytest.fixture
def linked(olga, otto, journey, app):
    """Main good, East bad, both seen by Olga and Otto: twelve ratings each. Registration at Main alone."""
    for client in (olga, otto):
        see(client, journey, MAIN, (5, 5, 5, 4, 5, 5))
        see(client, journey, EAST, (1, 1, 2, 1, 1, 1))
    see(olga, journey, MAIN, (4, 4), "registration")
    work(app)


@pytest.fixture
def apart(olga, otto, journey, app):
    """The same, but Olga never leaves Main, and Otto never leaves East."""
    see(olga, journey, MAIN, (5, 5, 5, 4, 5, 5))
    see(otto, journey, EAST, (1, 1, 2, 1, 1, 1))
    work(app)


def compared(client, **asked):
    answer = client.get("/api/v1/areas/compare", query_string=asked)
    assert answer.status_code == 200
    return answer.get_json()


def page_of(client, **asked):
    answer = client.get("/areas/compare", query_string=asked)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def payment():
    return db.session.query(AreaResult).filter_by(scope=f"site:{MAIN}").order_by(AreaResult.rows.desc()).first()


def test_two_sites_that_observers_link_are_told_apart(linked, lena):
    found = compared(lena, compare="site", one=MAIN, other=EAST)
    assert found["linked"]
    [row] = found["rows"]
    scores = {
        score.scope: score
        for score in db.session.query(AreaScore).filter_by(area_id=payment().area_id, level="utility")
    }
    for side, scope in (("one", f"site:{MAIN}"), ("other", f"site:{EAST}")):
        assert row[side]["score"] == pytest.approx(scores[scope].score), "the number that the area's page shows"
        assert (row[side]["se"], row[side]["n"]) == (pytest.approx(scores[scope].se), scores[scope].n)
    difference = row["difference"]
    assert difference["value"] == pytest.approx(row["one"]["score"] - row["other"]["score"])
    alone = sqrt(row["one"]["se"] ** 2 + row["other"]["se"] ** 2)
    assert difference["se"] < alone, "what both share is no doubt of their difference"
    assert difference["told_apart"] and difference["low"] > 0
    assert found["seen"] == {"both": 1, "one": 1, "other": 0, "neither": found["seen"]["neither"]}

    page = page_of(lena, compare="site", one=MAIN, other=EAST)
    gap = _shown(row["one"]["score"]) - _shown(row["other"]["score"])
    assert f"Main is higher by {gap} points" in page
    assert "1 of 1 areas clearly differs between Main and East. There Main is higher." in page
    assert "1 area was seen at Main only." in page


def _shown(score):
    return int(25 * (score - 1) + 0.5)


def test_turned_round_it_says_the_same(linked, lena):
    one, other = (compared(lena, one=a, other=b)["rows"][0] for a, b in ((MAIN, EAST), (EAST, MAIN)))
    assert one["difference"]["value"] == pytest.approx(-other["difference"]["value"])
    assert one["difference"]["se"] == pytest.approx(other["difference"]["se"])
    assert "Main is higher by" in page_of(lena, one=EAST, other=MAIN)


def test_sites_that_nobody_links_are_not_compared_and_the_visit_that_links_them_is_offered(apart, lena, emil):
    found = compared(lena, compare="site", one=MAIN, other=EAST)
    assert not found["linked"]
    assert [(row["difference"], row["linked"]) for row in found["rows"]] == [(None, False)]
    html = lena.get("/areas/compare", query_string={"one": MAIN, "other": EAST}).get_data(as_text=True)
    text = page_of(lena, one=MAIN, other=EAST)
    assert "cannot be compared yet" in text and "nobody can tell" in text
    assert "is higher" not in text and "clearly differ" not in text
    [address] = re.findall(r'href="(/plan\?[^"]*kind=overlap[^"]*)"', html)
    assert {f"site_id={MAIN}", f"observer_id={person('otto').id}"} <= set(re.split(r"[?#]|&amp;", address))
    assert "One visit to Main by Otto would link them." in text
    plan = lena.get(address.replace("&amp;", "&")).get_data(as_text=True)
    assert re.search(rf'<input[^>]*name="observer_id"[^>]*value="{person("otto").id}"[^>]*checked', plan)

    executive = page_of(emil, one=MAIN, other=EAST)
    assert "cannot be compared yet" in executive and "Otto" not in executive


def test_two_channels_of_a_touchpoint(olga, otto, journey, lena, app):
    for client in (olga, otto):
        see(client, journey, MAIN, (5, 5, 5, 4, 5, 5), channel="counter")
        see(client, journey, MAIN, (1, 1, 2, 1, 1, 1), channel="kiosk")
    work(app)
    found = compared(lena, compare="channel", one="counter", other="kiosk")
    [row] = found["rows"]
    assert row["channel"] is None and row["difference"]["told_apart"]
    whole = {score.area_id: score for score in db.session.query(AreaScore).filter_by(scope="", level="utility")}
    for side in ("one", "other"):
        assert row[side]["score"] == pytest.approx(whole[int(row[side]["area_id"])].score)
    text = page_of(lena, compare="channel", one="counter", other="kiosk")
    assert "1 of 1 touchpoints clearly differs between counter and kiosk." in text

    at_main = compared(lena, compare="channel", one="counter", other="kiosk", site=MAIN)
    assert at_main["rows"][0]["one"]["n"] == 12
    assert compared(lena, compare="channel", one="counter", other="kiosk", site=EAST)["rows"] == []


def test_two_channels_that_nobody_links(olga, otto, journey, lena, app):
    see(olga, journey, MAIN, (5, 5, 5, 4, 5, 5), channel="counter")
    see(otto, journey, MAIN, (1, 1, 2, 1, 1, 1), channel="kiosk")
    work(app)
    [row] = compared(lena, compare="channel", one="counter", other="kiosk")["rows"]
    assert (row["difference"], row["linked"]) == (None, False)
    text = page_of(lena, compare="channel", one="counter", other="kiosk")
    assert "At 1 touchpoint no observer links the two channels" in text and "is higher" not in text


def test_below_five_ratings_there_are_words_only(olga, journey, lena, app):
    see(olga, journey, MAIN, (5, 5, 5, 4, 5))
    see(olga, journey, EAST, (1, 1, 2, 1))
    work(app)
    [row] = compared(lena, one=MAIN, other=EAST)["rows"]
    assert row["one"]["score"] is not None
    assert (row["other"], row["difference"]) == ({**row["other"], "n": 4, "score": None, "se": None}, None)
    text = page_of(lena, one=MAIN, other=EAST)
    assert "Nothing can be compared yet: five ratings on each side are needed." in text
    assert "too few for a number" in text


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({"compare": "person"}, 404, "compare"),
        ({"one": "999"}, 404, "one"),
        ({"other": "x"}, 404, "other"),
        ({"compare": "site", "one": RIVAL}, 404, "one"),
        ({"compare": "site", "one": "web"}, 404, "one"),
        ({"compare": "channel", "one": "pigeon"}, 404, "one"),
        ({"compare": "channel", "other": "\x00"}, 404, "other"),
        ({"compare": "site", "one": MAIN, "other": MAIN}, 422, "other"),
        ({"compare": "channel", "one": "web", "other": "web"}, 422, "other"),
        ({"stage": "nowhere"}, 404, "stage"),
        ({"channel": "pigeon"}, 404, "channel"),
        ({"since": "yesterday"}, 422, "since"),
    ],
)
def test_what_the_address_names_wrongly_is_named(linked, lena, asked, status, said):
    answer = lena.get("/api/v1/areas/compare", query_string=asked)
    assert answer.status_code == status
    assert said in answer.get_data(as_text=True)
    assert lena.get("/areas/compare", query_string=asked).status_code == status


def test_with_nothing_seen_it_says_so(lena, journey):
    assert "Nothing has been seen both at Main and at East." in page_of(lena)
    assert compared(lena)["rows"] == []
    assert page_of(lena, compare="channel")


def test_what_is_not_applied_is_said(linked, lena):
    text = page_of(lena, since="2026-01-01", persona="1", one=MAIN, other=EAST)
    assert "Since: not applied on this page" in text and "Persona: not applied on this page" in text
    html = lena.get("/areas/compare?persona=1&one=1&other=2").get_data(as_text=True)
    assert not re.search(r"/observations\?[^\"]*persona", html), "the evidence is of what is shown, not of the filter"


def test_the_numbers_lead_to_their_observations(linked, lena):
    html = lena.get("/areas/compare?one=1&other=2").get_data(as_text=True)
    addresses = re.findall(r'href="(/areas/\d+/observations\?[^"]*)"', html)
    assert len(addresses) == 2
    for address in addresses:
        listed = lena.get(address.replace("&amp;", "&")).get_data(as_text=True)
        assert listed.count('<article class="seen">') == 12


def test_a_closed_site_can_still_be_compared_and_a_new_one_has_nothing(linked, lena):
    east = site(1)
    east.closed_at = clock.now()
    db.session.add(Site(name={"en": "North", "zh": "北" * 60}, kind="own"))
    db.session.commit()
    assert compared(lena)["other"]["id"] in (MAIN, EAST)
    [north] = [each.id for each in db.session.query(Site) if each.name["en"] == "North"]
    found = compared(lena, one=MAIN, other=str(north))
    assert (found["rows"], found["other"]["index"]) == ([], None)
    assert "北" * 60 in lena.get(f"/areas/compare?one=1&other={north}", headers={"Accept-Language": "zh"}).text


@pytest.fixture
def bound(linked):
    """Lena leads at Main alone."""
    lena = person("lena")
    lena.all_sites, lena.sites = False, [site(0)]
    db.session.commit()


def test_readers_bound_to_one_site_compare_no_sites(bound, lena):
    for query in ("?compare=site", "", "?compare=site&one=1"):
        html = lena.get(f"/areas/compare{query}").get_data(as_text=True)
        assert "East" not in html and "Two sites" not in html
    for query in ("?one=2", "?one=1&other=2", "?compare=channel&site=2"):
        assert lena.get(f"/areas/compare{query}").status_code == 404
        assert lena.get(f"/api/v1/areas/compare{query}").status_code == 404
    assert compared(lena, compare="site")["one"] is None
    assert "There is nothing to put side by side." in page_of(lena, compare="site")


def test_before_the_first_fit_that_keeps_it_the_page_says_when(linked, lena):
    for model in (KeptAreaSides, KeptFitSides):
        db.session.query(model).delete()
    db.session.commit()
    text = page_of(lena, one=MAIN, other=EAST)
    assert "Comparing starts with the next visit that comes in" in text


def test_a_page_asks_the_database_as_often_for_one_line_as_for_many(olga, journey, lena, app):
    def asked():
        seen = []

        def note(connection, cursor, statement, parameters, context, executemany):
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        assert lena.get(f"/areas/compare?one={MAIN}&other={EAST}").status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    touchpoints = ("payment", "registration", "consultation", "pharmacy")
    few = 0
    for touchpoint in touchpoints:
        for at in (MAIN, EAST):
            see(olga, journey, at, (4, 4, 5, 3, 4), touchpoint)
        work(app)
        few = few or asked()
    assert len(compared(lena, one=MAIN, other=EAST)["rows"]) == len(touchpoints)
    assert asked() <= few + 2


def test_largest_difference_of_those_told_apart_first():
    def row(name, value, error, linked=True):
        side = SideScore("1", 9, Estimate(3.0, 0.2, 4.0))
        told = SideGap(value, error) if error else None
        return ComparedRow({"en": name, "zh": name}, "counter", "utility", side, side, linked, told)

    rows = [
        row("few", 0, 0),
        row("alike", 0.9, 0.9),
        row("small", 0.4, 0.1),
        row("large", -1.2, 0.3),
        row("no", 0, 0, False),
    ]
    assert [each.touchpoint["en"] for each in ordered(rows)] == ["large", "small", "no", "alike", "few"]
    edge = SideGap(0.16449, 0.1)
    assert edge.told_apart is (abs(edge.value) > 1.6449 * 0.1)


def test_an_area_and_its_channels_are_kept_in_few_numbers(linked, app):
    """A page reads what it shows: one short row an area and level."""
    rows = db.session.query(KeptAreaSides).all()
    assert rows and all(len(each.numbers) == 8 * (7 + 4 * 2) for each in rows if each.level == "utility")
    assert {each.area_id for each in rows} <= {each.id for each in db.session.query(Area)}


@pytest.mark.parametrize(("who", "linked_by"), [("one of them", True), ("each their own", False)])
def test_channels_of_an_import_are_linked_by_the_observers_of_the_file(lena, app, who, linked_by):
    """Sites are not compared there: a file has none of ours."""
    lines = ["Date,Who,Counter desk,Web desk"]
    for day in range(1, 13):
        if who == "one of them":
            lines.append(f"{day:02}/04/2026,A,{5 - day % 2},{1 + day % 2}")
        else:
            lines += [f"{day:02}/04/2026,A,{5 - day % 2},", f"{day:02}/04/2026,B,,{1 + day % 2}"]
    told = {"journey_name": "Rounds", "c0-format-said": "%d/%m/%Y", "c2-scale-said": "1-5", "c3-scale-said": "1-5"}
    for column, channel in (("c2", "counter"), ("c3", "web")):
        told |= {f"{column}-kind": "rating", f"{column}-touchpoint": "Desk", f"{column}-channel": channel}
        told |= {f"{column}-level": "utility", f"{column}-stage": "core"}
    data = {"file": (io.BytesIO("\n".join(lines).encode()), "rounds.csv")}
    lena.post(lena.post("/data", data=data).location, data={**told, "step": "import"})
    work(app)
    journey = db.session.query(Journey).filter_by(origin="import").one()

    found = compared(lena, journey=str(journey.id))
    assert (found["compare"], {found["one"]["id"], found["other"]["id"]}) == ("channel", {"counter", "web"})
    [row] = found["rows"]
    assert row["linked"] is linked_by
    assert (row["difference"] is not None) is linked_by
    assert "Two sites" not in page_of(lena, journey=str(journey.id))
    assert compared(lena, journey=str(journey.id), compare="site")["one"] is None
    assert lena.get(f"/areas/compare?journey={journey.id}&compare=site&one=1").status_code == 404


def test_readers_of_two_sites_compare_these_two_and_no_word_is_of_a_third(linked, olga, journey, lena, app):
    north = Site(name={"en": "North", "zh": "北院"}, kind="own")
    db.session.add(north)
    db.session.commit()
    see(olga, journey, str(north.id), (3, 3, 3, 3, 3))
    work(app)
    person("lena").all_sites, person("lena").sites = False, [site(0), site(1)]
    db.session.commit()
    for query in ("", "?compare=channel", "?one=1&other=2"):
        assert "North" not in lena.get(f"/areas/compare{query}").text
        assert "North" not in lena.get(f"/api/v1/areas/compare{query}").text
    assert lena.get(f"/areas/compare?one=1&other={north.id}").status_code == 404
    assert {compared(lena)[side]["id"] for side in ("one", "other")} == {MAIN, EAST}
