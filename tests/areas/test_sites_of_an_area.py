"""Score by site: a site where nobody has looked is drawn hollow, and says nothing anywhere else (METHOD 1.8)."""

import re

import pytest

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.people.models import Site
from shadowing.scoring.models import AreaResult, AreaScore
from shadowing.scoring.sides import level_sides
from tests.areas.test_comparing import EAST, MAIN, apart, linked, see  # noqa: F401
from tests.conftest import person, site, work


def by_site(client, area):
    """Name -> (number, whether it is hollow), as the card shows them."""
    html = client.get(f"/areas/{area}").get_data(as_text=True)
    card = html.partition("Score by site")[2].partition("</section>")[0]
    rows = re.findall(r'<div class="site-row"><span>([^<]+)</span>(.*?)</div>', card, re.S)
    return {name: (int(re.findall(r"<b[^>]*>(\d+)</b>", row)[0]), "c-hollow" in row) for name, row in rows}, card


@pytest.fixture
def registration(linked):  # noqa: F811
    """Seen at Main alone."""
    return next(
        result
        for result in db.session.query(AreaResult).filter_by(scope="")
        if not db.session.get(AreaResult, (result.panel_id, f"site:{EAST}", result.area_id))
    )


def test_where_nobody_has_looked_the_site_is_hollow_with_what_is_expected(registration, lena):
    rows, card = by_site(lena, registration.area_id)
    assert (rows["Main"][1], rows["East"][1]) == (False, True)
    known = level_sides(registration.panel_id, {"utility": [registration.area_id]})["utility"]
    score, error = known.score(known.side(registration.area_id, int(EAST)))
    assert rows["East"][0] == int(25 * (score - 1) + 0.5)
    there = db.session.query(AreaScore).filter_by(scope=f"site:{MAIN}", area_id=registration.area_id).one()
    assert score < there.score, "East is poor elsewhere, so it is expected to be poorer here"
    assert error > there.se
    assert "expected, nobody looked yet" in card and "East not seen yet, expected" in card
    assert "Rival" not in rows, "only sites of ours"


def test_a_hollow_site_counts_nowhere_else(registration, lena):
    listed = lena.get("/api/v1/areas", query_string={"site": EAST}).get_json()["areas"]
    [here] = [area for area in listed if area["id"] == str(registration.area_id)]
    assert (here["levels"], here["visits"], here["verdict"]) == ({}, 0, "not_enough_evidence")
    assert f'href="/areas/{registration.area_id}?site={EAST}"' not in lena.get(f"/areas?site={EAST}").text
    page = lena.get(f"/areas/{registration.area_id}?site={EAST}").get_data(as_text=True)
    assert "Nobody has looked here yet." in page
    explained = lena.get(f"/areas/{registration.area_id}").text.partition("Explain this number")[2]
    assert "East" not in explained.partition("</details>")[0]


def test_sites_average_to_the_whole_by_their_rows(registration, lena):
    shares = {}
    for scope in ("", f"site:{MAIN}", f"site:{EAST}"):
        for score in db.session.query(AreaScore).filter_by(scope=scope, level="utility"):
            shares.setdefault(score.area_id, {})[scope] = (score.n, score.score)
    for found in shares.values():
        n, whole = found.pop("")
        assert sum(rows * score for rows, score in found.values()) / n == pytest.approx(whole)


def test_a_site_the_fit_knows_nothing_of_is_hollow_and_a_closed_one_is_not_expected(registration, lena):
    db.session.add(Site(name={"en": "North", "zh": "北院"}, kind="own"))
    site(1).closed_at = clock.now()
    db.session.commit()
    rows, _ = by_site(lena, registration.area_id)
    assert rows["North"][1] and "East" not in rows


def test_readers_bound_to_sites_see_no_other_site_not_even_hollow(registration, lena):
    lena_ = person("lena")
    lena_.all_sites, lena_.sites = False, [site(0)]
    db.session.commit()
    page = lena.get(f"/areas/{registration.area_id}").get_data(as_text=True)
    assert "Score by site" not in page and "East" not in page


def test_where_nobody_links_the_sites_the_card_says_so(apart, lena):  # noqa: F811
    area = db.session.query(AreaResult).filter_by(scope="").one().area_id
    assert "Observers do not link all of these sites" in by_site(lena, area)[1]


def test_where_they_are_linked_the_card_leads_to_comparing_them(linked, lena):  # noqa: F811
    area = db.session.query(AreaResult).filter_by(scope=f"site:{EAST}").one().area_id
    _, card = by_site(lena, area)
    assert "Observers do not link" not in card
    assert re.search(rf'href="/areas/compare\?[^"]*one={MAIN}[^"]*other={EAST}', card)


def test_with_one_site_in_the_fit_the_other_is_expected_to_be_like_it(olga, journey, lena, app):
    see(olga, journey, MAIN, (4, 4, 4))
    work(app)
    score = db.session.query(AreaScore).filter_by(scope="").one()
    rows, _ = by_site(lena, score.area_id)
    assert rows == {"Main": (int(25 * (score.score - 1) + 0.5), False), "East": (rows["Main"][0], True)}
