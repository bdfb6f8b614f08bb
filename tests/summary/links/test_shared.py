"""A link opens the summary to somebody without an account: until its day, or until it is withdrawn."""

import re
from datetime import timedelta

import pytest

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.people.models import Person
from shadowing.summary.links.models import SharedLink
from shadowing.summary.links.unlinked import unlinked
from tests.backlog.triage.test_triage import sentence_at
from tests.conftest import a_visit, an_observation, person, work


@pytest.fixture
def seen(olga, journey, app):
    for _ in range(5):
        visit = a_visit(journey) | {"outcome": "yes", "status": "done"}
        said = an_observation(journey, visit, "payment", utility=1, quote="Nobody told Mrs Miller.")
        olga.post("/api/v1/sync", json={"visits": [visit], "observations": [said]})
    work(app)
    return journey


def make(client, **said):
    return client.post("/summary/links", data={"label": "The board", "days": "30", **said})


def address_of(client, **said):
    assert make(client, **said).status_code == 303
    page = client.get("/summary/links").get_data(as_text=True)
    return "/s/" + re.search(r'value="[^"]*/s/([\w-]+)"', page)[1]


def test_whoever_has_it_reads_figures_and_no_word_or_name(seen, emil, app):
    address = address_of(emil)
    answer = app.test_client().get(address)
    page = answer.get_data(as_text=True)

    assert answer.status_code == 200 and "CX index" in page
    for secret in ("Miller", "Olga", "Emil", "/areas/", "/improvements/", "/photos/"):
        assert secret not in page, secret
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_address_is_shown_once_and_never_kept(seen, emil):
    secret = address_of(emil).removeprefix("/s/")
    db.session.rollback()

    assert secret not in emil.get("/summary/links").get_data(as_text=True)
    link = db.session.query(SharedLink).one()
    assert secret not in (link.digest, link.label) and len(link.digest) == 64


def test_over_withdrawn_made_up_and_of_somebody_who_left_are_told_alike(seen, emil, lena, app):
    stranger = app.test_client()
    addresses = [address_of(emil, label=label) for label in ("ends", "withdrawn")] + [address_of(lena)]
    with writing():
        links = db.session.query(SharedLink).order_by(SharedLink.id).all()
        links[0].ends_at = clock.now() - timedelta(seconds=1)
        withdrawn = links[1].id
        db.session.get(Person, person("lena").id).left_at = clock.now()
        db.session.commit()
    assert emil.post(f"/summary/links/{withdrawn}/withdraw").status_code == 303

    answers = [stranger.get(address) for address in [*addresses, "/s/made-up", "/s/" + "x" * 5000, "/s/%E4%B8%AD"]]
    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub(r'value="/s/[^"]*"', "", answer.get_data(as_text=True)) for answer in answers}) == 1


def test_frozen_it_stays_as_it_stood(seen, emil, olga, journey, app):
    frozen, live = address_of(emil, frozen="y"), address_of(emil)
    before = app.test_client().get(frozen).get_data(as_text=True)
    for _ in range(6):
        visit = a_visit(journey) | {"outcome": "no", "status": "done"}
        olga.post(
            "/api/v1/sync",
            json={"visits": [visit], "observations": [an_observation(journey, visit, "payment", utility=5)]},
        )
    work(app)

    assert app.test_client().get(frozen).get_data(as_text=True) == before
    assert "11 visits" in app.test_client().get(live).get_data(as_text=True)
    assert "As it stood on" in before and "5 visits" in before
    assert "次随行" in app.test_client().get(frozen, headers={"Accept-Language": "zh-CN"}).get_data(as_text=True)


def test_only_its_maker_and_administrators_withdraw_it(seen, emil, lena, anna, olga):
    address_of(emil)
    link = db.session.query(SharedLink).one().id
    db.session.rollback()

    assert lena.post(f"/summary/links/{link}/withdraw").status_code == 404
    assert olga.post(f"/summary/links/{link}/withdraw").status_code == 403
    assert anna.post(f"/summary/links/{link}/withdraw").status_code == 303


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"label": " "}, "label", "Say for whom it is, so that you know later which one to withdraw."),
        ({"label": "x" * 121}, "label", None),
        ({"days": "9999"}, "days", "Choose one of the list."),
        ({"days": ""}, "days", "Choose one of the list."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(seen, emil, said, field, sentence):
    answer = make(emil, **said)

    assert answer.status_code == 422
    assert sentence_at(answer, field) and (sentence is None or sentence_at(answer, field) == sentence)
    assert db.session.query(SharedLink).count() == 0


def test_a_lead_of_some_sites_does_not_hand_out_all_of_them(seen, lena, app):
    with writing():
        db.session.get(Person, person("lena").id).all_sites = False
        db.session.commit()

    assert make(lena).status_code == 403
    assert "Whoever sees every site can share it." in lena.get("/summary/links").get_data(as_text=True)


def test_links_become_text_and_everything_else_stays():
    chart = '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>'
    more = '<a class="link no-print" href="/x">More</a>'
    html = f'<p class="x">A &amp; b <a class="link" href="/areas/1">3 &lt; 4{chart}</a><br>é{more}</p>'
    assert unlinked(html) == f'<p class="x">A &amp; b <span class="link">3 &lt; 4{chart}</span><br>é</p>'
