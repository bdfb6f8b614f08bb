"""What stands beside a score: clocks, hand-overs, expectation, what hurt most surely, and what nobody knows yet."""

import html
import re

import pytest

from shadowing.core.database import db
from shadowing.journeys.models import Touchpoint
from tests.conftest import a_visit, an_observation, touchpoint, work


def seen(client, journey, app, rows, key="payment", **visit):
    """Each row an observation of a visit of its own."""
    for row in rows:
        made = a_visit(journey, **visit)
        body = {"visits": [made], "observations": [an_observation(journey, made, key, **row)]}
        results = client.post("/api/v1/sync", json=body).get_json()["results"]
        assert {each["status"] for each in results} <= {200, 201}, results
    work(app)


def page(client, journey, key="payment", query="", language=None):
    place = touchpoint(journey, key)
    areas = client.get("/api/v1/areas").get_json()["areas"]
    channel = place["channels"][0]
    area = next(a["id"] for a in areas if a["touchpoint"]["id"] == place["id"] and a["channel"] == channel)
    answer = client.get(f"/areas/{area}{query}", headers={"Accept-Language": language or "en"})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def text(body):
    body = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", "", body)
    body = re.sub(r"</?b>", "", body)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def follow(client, body, words):
    """How many observations stand behind the link with these words."""
    links = re.findall(r'(?s)<a class="proof" href="([^"]+)">(.*?)</a>', body)
    (address,) = {html.unescape(a) for a, inside in links if text(inside) == words}
    answer = client.get(address)
    assert answer.status_code == 200, address
    return int(re.search(r"(\d+)(?: of \d+)? observations?, newest first", text(answer.get_data(as_text=True)))[1])


def test_three_clocks_each_with_its_observations(olga, lena, journey, app):
    timed = [{"utility": 3, "timings": {"notice": 20, "wait": 300}} for _ in range(3)]
    seen(olga, journey, app, [*timed, {"utility": 3, "timings": {"wait": 300, "service": 90}}])

    body = page(lena, journey)

    said = text(body)
    assert "Until noticed: half longer than about 20 s" in said
    assert "Waiting: half longer than about 5 min" in said
    assert "Being served: half longer than about 1 min 30 s" in said
    assert follow(lena, body, "4 times") == 4
    assert follow(lena, body, "3 times") == 3


def test_hand_overs_from_the_step_before(olga, lena, journey, app):
    seen(olga, journey, app, [{"utility": 2, "handover": how} for how in ("smooth", "repeated", "repeated", "lost")])

    body = page(lena, journey)

    assert "The hand-over from the step before was not smooth in 3 of 4." in text(body)
    assert follow(lena, body, "had to repeat 2") == 2
    assert follow(lena, body, "lost 1") == 1


def test_only_smooth_hand_overs_are_told_without_a_share(olga, lena, journey, app):
    seen(olga, journey, app, [{"utility": 2, "handover": "smooth"}] * 2)

    assert "went smoothly all 2 times" in text(page(lena, journey))


@pytest.mark.parametrize(
    ("rating", "gap", "told"),
    [
        (5, -2, "On target, yet patients find it worse than they expected: we promise more than we keep."),
        (1, 2, "Below target, yet better than patients expected: they have given up expecting more."),
        (3, 0, "Patients find it about as they expected."),
    ],
)
def test_expectation_says_what_the_score_does_not(olga, otto, lena, journey, app, rating, gap, told):
    rows = [{"utility": rating, "usability": rating, "delight": rating, "expectation": gap}] * 8
    seen(olga, journey, app, rows)
    seen(otto, journey, app, rows)

    body = page(lena, journey)

    assert told in text(body)
    assert "(16 answers)" in text(body)
    assert "我们承诺的比做到的多" in page(lena, journey, language="zh") or gap != -2


def test_two_answers_say_nothing_of_expectation(olga, lena, journey, app):
    seen(olga, journey, app, [{"utility": 1, "expectation": -2}] * 2)

    assert "they expected" not in text(page(lena, journey))


def test_what_hurts_most_surely_comes_first(olga, lena, journey, app):
    """Process is tagged less often than people, but always with low ratings."""

    def tags(*names):
        return [{"factor": name, "effect": "hurt"} for name in names]

    low = [{"utility": 2, "factors": tags("process")}] * 5 + [{"utility": 1, "factors": tags("people")}] * 2
    seen(olga, journey, app, [*low, *[{"utility": 5, "factors": tags("people")}] * 6])

    body = page(lena, journey)

    factors = re.findall(r'(?s)<div class="factor">(.*?)</div>', body)
    assert [text(row) for row in factors] == [
        "Process −5 +0 in 5 of 7 low ratings",
        "People −8 +0 in 2 of 7 low ratings",
    ]
    assert "First what most surely goes with low ratings." in text(body)


def test_four_low_ratings_order_nothing(olga, lena, journey, app):
    seen(olga, journey, app, [{"utility": 2, "factors": [{"factor": "process", "effect": "hurt"}]}] * 4)

    assert "low ratings." not in text(page(lena, journey))


def test_under_a_site_the_factors_are_those_of_the_site(olga, lena, journey, app):
    row = {"utility": 2, "factors": [{"factor": "process", "effect": "hurt"}]}
    seen(olga, journey, app, [row] * 5, site_id="1")
    seen(olga, journey, app, [row] * 6, site_id="2")

    assert "in 6 of 6 low ratings" in text(page(lena, journey, query="?site=2"))


def test_what_nobody_knows_yet_is_said_with_a_way_to_find_out(olga, lena, emil, journey, app):
    db.session.query(Touchpoint).filter_by(key="payment").update({"longest_wait_seconds": 300})
    db.session.commit()
    seen(olga, journey, app, [{"utility": 3}] * 4)

    said = text(page(lena, journey))

    missing = said[said.index("What we do not know here") :]
    assert "Usability has 0 ratings; three are the least to judge by." in missing
    assert "One observer alone has been here" in missing
    assert "No wait has been timed; it should not be longer than 5 min." in missing
    assert "Nobody has checked: " in missing
    assert "Plan a visit" in missing
    assert "Plan a visit" not in text(page(emil, journey)).partition("What we do not know here")[2]


def test_of_a_part_nothing_is_said_to_be_missing(olga, lena, journey, app):
    seen(olga, journey, app, [{"utility": 3}] * 4)

    assert "What we do not know here" not in text(page(lena, journey, query="?site=1"))


@pytest.mark.parametrize("noted", ["wait~x", "handover~", "handover~nothing", "factor~", "transfers:x~", "clock~"])
def test_nobody_can_note_that(olga, lena, journey, app, noted):
    seen(olga, journey, app, [{"utility": 3}])
    areas = lena.get("/api/v1/areas").get_json()["areas"]
    area = next(a["id"] for a in areas if a["visits"])

    assert lena.get(f"/areas/{area}/observations?noted={noted}").status_code == 404
