"""A number that stands on several pages is one number: a walk over them that compares what is said twice."""

import html
import random
import re

import pytest

from tests.conftest import a_visit, an_observation, work

PLACES = ("payment", "booking", "pharmacy", "registration", "consultation", "waiting")
TABLE = re.compile(r'(?s)<table class="heat heat-tall(?: cov)?">.*?</table>')


@pytest.fixture
def seen(olga, journey, app):
    """Two of the journey's areas, each seen by one visit."""
    visit = a_visit(journey)
    rows = [an_observation(journey, visit, place, utility=1) for place in ("payment", "booking")]
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": rows})
    work(app)


@pytest.fixture
def weeks(olga, otto, journey, app):
    """Two observers at two sites: some areas far below target, some fine, some on watch."""
    chance, keys = random.Random(3), {t["key"] for stage in journey["stages"] for t in stage["touchpoints"]}
    for number in range(24):
        visit = a_visit(
            journey,
            site_id=str(1 + number % 2),
            outcome=chance.choice(["yes", "yes", "no"]),
            satisfaction=chance.randint(2, 5),
            come_again=chance.randint(2, 5),
        )
        rows = [
            an_observation(journey, visit, place, **{level: drawn(chance, place) for level in ("utility", "delight")})
            for place in chance.sample(sorted(keys & set(PLACES)), 4)
        ]
        body = {"visits": [visit], "observations": rows}
        assert (olga, otto)[number // 2 % 2].post("/api/v1/sync", json=body).status_code == 200
    work(app)


def drawn(chance, place):
    return chance.choice((1, 1, 2) if place == "payment" else (3, 4) if place == "booking" else (4, 5, 5))


def text(client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.get_data(as_text=True))).split())


def said(client, path: str, pattern: str) -> list[str]:
    return re.findall(pattern, re.sub(r"<[^>]+>", "", client.get(path).get_data(as_text=True)))


def cells(client, path: str, table: re.Pattern[str]) -> list[str]:
    """Every cell of a map, as its words and numbers."""
    (found,) = table.findall(client.get(path).get_data(as_text=True))
    plain = (re.sub(r"<[^>]+>", " ", cell) for cell in re.findall(r"(?s)<td.*?</td>", found))
    return [" ".join(html.unescape(cell).split()) for cell in plain]


def test_what_nobody_has_looked_at_is_one_number(seen, lena):
    areas = lena.get("/api/v1/summary").get_json()["areas"]
    unseen = areas["offered"] - areas["seen"]

    assert unseen > 1
    for path, pattern in (
        ("/areas", r"(\d+) areas nobody has looked at in"),
        ("/plan", r"(\d+) areas nobody has looked at"),
        ("/summary", r"(\d+) areas of the journey map nobody has looked at"),
    ):
        assert set(said(lena, path, pattern)) == {str(unseen)}, path


@pytest.mark.parametrize("query", ["", "?site=1", "?stage=core"])
def test_how_many_are_below_target_is_one_number(weeks, lena, query):
    documents = lena.get(f"/api/v1/areas{query}").get_json()["areas"]
    failing = [area for area in documents if area["verdict"] == "underperforming"]
    scored = [area for area in documents if area["score"] is not None]
    page = text(lena, f"/areas{query}")

    assert failing
    heading = re.search(r"(\d+) of (\d+) areas (?:is|are) very likely below target", page)
    assert heading and (int(heading[1]), int(heading[2])) == (len(failing), len(scored) + unseen_of(documents))
    assert re.search(r"Underperforming (\d+) ", page)[1] == str(len(failing))


def unseen_of(documents):
    return sum(area["score"] is None for area in documents)


def test_an_area_shows_one_score_and_one_count_wherever_it_stands(weeks, lena):
    for area in lena.get("/api/v1/areas").get_json()["areas"]:
        if area["score"] is None or area["visits"] < 5:
            continue
        level = area["levels"][area["shown_level"]]
        shown, target = round_half_up(25 * (area["score"] - 1)), round_half_up(25 * (level["target"] - 1))
        row = row_of(lena, area["id"])
        assert f"{shown} of {target}" in row and f"{area['visits']} visits" in row, row
        one = text(lena, f"/areas/{area['id']}")
        assert f"{area['visits']} visits" in one
        alone = lena.get(f"/api/v1/areas/{area['id']}").get_json()
        assert (alone["score"], alone["visits"], alone["levels"]) == (area["score"], area["visits"], area["levels"])


def round_half_up(value):
    return int(value + 0.5)


def row_of(client, area):
    page = client.get("/areas").get_data(as_text=True)
    (row,) = re.findall(rf'(?s)<li><a class="area-cols area"\s+href="/areas/{area}">.*?</li>', page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split())


def test_areas_and_summary_draw_the_same_map_and_the_plan_counts_the_same_visits(weeks, lena):
    areas, summary, plan = (cells(lena, f"/{page}", TABLE) for page in ("areas", "summary", "plan"))

    assert len(areas) == len(summary) == len(plan) > 20
    seen_on_summary = [re.search(r"(\d+) visits?$", cell) for cell in summary]
    assert [without_counts(cell) for cell in areas] == [without_counts(cell) for cell in summary]
    assert [int(found[1]) if found else None for found in seen_on_summary if found] == [
        int(found[1]) for cell in plan if (found := re.match(r"([1-9]\d*) visits?", cell))
    ]
    assert sum(found is not None for found in seen_on_summary) >= 4


def without_counts(cell):
    return re.sub(r" ?\d+ visits?$| \d+ of \d+$", "", cell)


def test_what_visits_said_on_the_whole_is_the_same_on_every_page(weeks, lena):
    outcome = lena.get("/api/v1/summary").get_json()
    summary, why, goals = (text(lena, path) for path in ("/summary", "/why", "/goals"))
    got = re.search(r"Got what they came for (\d+) of (\d+)", summary)
    satisfied = re.search(r"Satisfied, 4 or 5 (\d+) of (\d+)", summary)

    assert outcome["visits"] == 24
    assert f"{got[1]} of {got[2]}" in why
    assert got[2] == "24" and f"{satisfied[1]} of {satisfied[2]} satisfied" in goals


def test_open_improvements_are_one_number(weeks, lena):
    board = lena.get("/api/v1/improvements").get_json()["improvements"]
    still_open = [item for item in board if item["state"] not in ("declined", "verified", "done")]
    (told,) = re.findall(r"(\d+) improvements? (?:is|are) open|(One) improvement is open", text(lena, "/summary"))

    assert still_open
    assert (told[0] or "1") == str(len(still_open))
