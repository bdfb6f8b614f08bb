"""The calendar: lines as RFC 5545 wants them, a secret address that can be ended, never a customer's name."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from shadowing.planning.plans.calendar_text import Entry, calendar_text, escaped, folded
from tests.conftest import person
from tests.planning.plans.test_plans_api import change, me, planned, tomorrow

MOMENT = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)


def entry(**fields):
    said = {"uid": "plan-1@x", "summary": "Walk", "location": "Main", "description": ""}
    return Entry(**{**said, "starts_at": MOMENT, "changed_at": MOMENT, "number": 3, **fields})


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_every_line_ends_in_crlf_and_holds_at_most_75_octets():
    text = calendar_text("随行" * 60, [entry(summary="门诊随行：缴费窗口" * 12, description="x" * 500)])

    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75
    assert "SUMMARY:" + "门诊随行：缴费窗口" * 12 in unfolded(text)


def test_folding_never_cuts_a_sign_in_two():
    for piece in folded("é" * 200).split("\r\n"):
        assert set(piece.strip()) == {"é"}
        assert len(piece.encode()) <= 75


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b;c\\d", "a\\,b\\;c\\\\d"),
        ("one\ntwo\r\nthree\rfour", "one\\ntwo\\nthree\\nfour"),
        ("END:VCALENDAR\r\nBEGIN:VEVENT", "END:VCALENDAR\\nBEGIN:VEVENT"),
        ("a\x07b\u2028c", "abc"),
    ],
    ids=["signs", "line ends", "an event smuggled in", "control signs"],
)
def test_text_cannot_leave_its_value(text, expected):
    assert escaped(text) == expected


def test_times_are_utc_and_a_change_raises_the_number():
    lines = unfolded(calendar_text("x", [entry(), entry(cancelled=True)]))

    assert "DTSTART:20261124T090500Z" in lines
    assert "DTEND:20261124T100500Z" in lines
    assert "SEQUENCE:3" in lines
    assert lines.count("STATUS:CONFIRMED") == lines.count("STATUS:CANCELLED") == 1


def address_of(client):
    assert client.post("/slots/calendar").status_code == 303
    page = client.get("/slots").get_data(as_text=True)
    return urlsplit(page.partition('id="address" readonly value="')[2].partition('"')[0].replace("&amp;", "&"))


def test_the_secret_address_shows_my_visits_and_nobody_elses(lena, olga, journey, as_):
    (mine,) = planned(lena, journey, observer_id=me("olga"), customer_label="Ms Chen", note="At the desk, please")
    planned(lena, journey, observer_id=me("otto"))
    found = address_of(olga)
    stranger = as_(None)

    answer = stranger.get(f"{found.path}?{found.query}")

    assert answer.content_type == "text/calendar; charset=utf-8"
    text = answer.get_data(as_text=True)
    assert text.count("BEGIN:VEVENT") == 1
    assert f"DTSTART:{tomorrow():%Y%m%dT%H0000Z}" in text
    assert "At the desk\\, please" in text
    assert "Chen" not in text
    assert "SUMMARY:Shadow a patient: " in text
    uid = next(line for line in unfolded(text) if line.startswith("UID:"))
    change(lena, mine, starts_at=(tomorrow() + timedelta(hours=2)).isoformat())
    again = unfolded(stranger.get(f"{found.path}?{found.query}").get_data(as_text=True))
    assert uid in again
    assert "SEQUENCE:2" in again


def test_a_cancelled_visit_is_cancelled_in_the_calendar_too(lena, olga, journey):
    (mine,) = planned(lena, journey, observer_id=me("olga"))
    found = address_of(olga)
    change(lena, mine, state="cancelled")

    assert "STATUS:CANCELLED" in olga.get(f"{found.path}?{found.query}").get_data(as_text=True)


def test_an_address_is_shown_once_ends_with_the_next_one_and_at_will(olga, as_):
    first = address_of(olga)
    assert first.query not in olga.get("/slots").get_data(as_text=True)
    second = address_of(olga)
    stranger = as_(None)
    assert stranger.get(f"{first.path}?{first.query}").status_code == 404
    assert stranger.get(f"{second.path}?{second.query}").status_code == 200
    assert first.query not in str(person("olga").calendar_digest)

    olga.post("/slots/calendar/end")

    assert stranger.get(f"{second.path}?{second.query}").status_code == 404
    for key in ("", "x", "\x00", "k" * 5000):
        assert stranger.get("/plan.ics", query_string={"key": key}).status_code == 404
