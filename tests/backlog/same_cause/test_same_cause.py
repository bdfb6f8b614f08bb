"""One cause at two channels is two items by rule, and one at a press; what one covers is shown, counted, and undone."""

import csv
import io

import pytest

from shadowing.backlog.models import Evidence, Improvement
from shadowing.core.database import db, writing
from tests.backlog.test_backlog import fresh, patch
from tests.backlog.triage.test_triage import decide, in_days, take_back, text_of
from tests.conftest import a_visit, an_observation, person, site, work

SAID = "8 of 8 low ratings of Utility there also name “late”"
ONE = "Make them one improvement"


def see(client, journey, channel, **fields):
    visit = a_visit(journey)
    seen = an_observation(journey, visit, "payment", channel=channel, utility=1, **fields)
    client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})


def both(clients, journey, app, at_counter, at_app):
    for client in clients:
        for number in range(4):
            words = {"note": "An hour."} if number == 0 else {}
            see(client, journey, "counter", reasons=[at_counter], **words)
            see(client, journey, "app", reasons=[at_app], **words)
    work(app)
    items = {item.area.channel: item for item in db.session.query(Improvement)}
    return items["counter"], items["app"]


@pytest.fixture
def two(olga, otto, journey, app):
    """Paying takes too long at the counter and in the app."""
    return both((olga, otto), journey, app, "late", "late")


def shown(client, path):
    return text_of(client, path).replace("\u2068", "").replace("\u2069", "")


def evidence_of(item):
    return db.session.query(Evidence).filter_by(improvement_id=item.id).count()


def put(item, **fields):
    with writing():
        for name, value in fields.items():
            setattr(db.session.get(Improvement, item.id), name, value)
        db.session.commit()


def merge(client, one, into, revision=None):
    data = {"into": into.id, "revision": one.revision if revision is None else revision}
    return client.post(f"/improvements/{one.id}/merge", data=data)


def test_two_channels_with_the_same_leading_cause_are_proposed_as_one(two, lena, emil):
    counter, in_app = two
    page = shown(lena, f"/improvements/{counter.id}")
    assert SAID in page and "by another channel (app)" in page
    assert SAID in shown(lena, f"/improvements/triage?item={in_app.id}")
    assert ONE not in shown(emil, f"/improvements/{counter.id}"), "deciding is for leads"


def test_another_cause_is_proposed_as_nothing(olga, otto, journey, app, lena):
    counter, _ = both((olga, otto), journey, app, "late", "wrong")
    assert ONE not in shown(lena, f"/improvements/{counter.id}")


def test_nor_is_what_is_closed_live_serious_or_put_off(two, lena):
    counter, in_app = two
    for state in ("declined", "merged", "shipped", "verifying", "verified"):
        put(in_app, state=state)
        assert ONE not in shown(lena, f"/improvements/{counter.id}"), state
    put(in_app, state="proposed", serious="safety")
    assert ONE not in shown(lena, f"/improvements/{counter.id}")
    put(in_app, serious=None)
    decide(lena, fresh(in_app), "snooze", until=in_days(14))
    assert ONE not in shown(lena, f"/improvements/{counter.id}")


def test_of_two_one_still_waits_to_be_decided(two, lena):
    counter, in_app = two
    put(counter, state="accepted", owner_id=person("olga").id)
    assert f'action="/improvements/{in_app.id}/merge"' in text_of(lena, f"/improvements/{counter.id}")
    assert merge(lena, in_app, counter).status_code == 303
    assert fresh(counter).state == "accepted"

    take_back(lena, in_app)
    put(in_app, state="accepted", owner_id=person("olga").id)
    assert ONE not in shown(lena, f"/improvements/{counter.id}")


def test_a_lead_of_some_sites_is_told_of_what_was_seen_there_alone(two, lena):
    with writing():
        lead = person("lena")
        lead.sites, lead.all_sites = [site(1)], False
        db.session.commit()
    assert ONE not in shown(lena, f"/improvements/{two[0].id}")


def test_one_press_makes_one_of_them_that_covers_both(two, lena, olga, journey, app):
    counter, in_app = two
    assert merge(lena, in_app, counter).location == f"/improvements/{counter.id}"

    assert (fresh(in_app).state, fresh(in_app).merged_into_id) == ("merged", counter.id)
    assert evidence_of(counter) == 4
    page = shown(lena, f"/improvements/{counter.id}")
    assert "It covers 2 areas" in page and "look at Payment, counter alone" in page and "Undo" in page
    see(olga, journey, "app", note="Two hours.")
    work(app)
    assert evidence_of(counter) == 5, "what is seen at the other area counts for it, too"
    assert db.session.query(Improvement).count() == 2, "a rule raises nothing while the other one is open"


def test_list_table_api_and_area_know_all_areas_of_one(two, lena):
    counter, in_app = two
    merge(lena, in_app, counter)

    assert "and one more area" in shown(lena, "/improvements")
    assert f"/improvements/{counter.id}" in shown(lena, "/improvements?channel=app")
    document = lena.get(f"/api/v1/improvements/{counter.id}").get_json()
    assert [area["channel"] for area in document["areas"]] == ["counter", "app"]
    table = csv.DictReader(io.StringIO(text_of(lena, "/improvements.csv").lstrip("\ufeff")))
    assert [line["areas"] for line in table] == ["counter; app"]
    assert f"/improvements/{counter.id}" in shown(lena, f"/areas/{fresh(in_app).area_id}")


def test_it_can_be_taken_apart_with_what_has_joined_since(two, lena, olga, journey, app):
    counter, in_app = two
    merge(lena, in_app, counter)
    see(olga, journey, "app", note="Two hours.")
    work(app)

    assert take_back(lena, in_app).status_code == 303

    assert (fresh(in_app).state, evidence_of(counter)) == ("proposed", 2)
    assert len(fresh(counter).areas) == 1
    assert fresh(counter).state == "proposed"


def test_pressed_twice_or_on_what_changed_meanwhile_it_says_so(two, lena, emil):
    counter, in_app = two
    first = in_app.revision
    assert merge(emil, in_app, counter).status_code == 403
    assert merge(lena, in_app, counter, revision=99).status_code == 409
    assert merge(lena, in_app, in_app).status_code == 422
    assert merge(lena, in_app, counter).status_code == 303
    assert merge(lena, in_app, counter, revision=first).status_code == 409


def test_nothing_is_taken_apart_once_the_other_went_on_as_a_third(two, lena):
    counter, in_app = two
    said = {"area_id": counter.area_id, "level": "utility", "title": "Pay anywhere", "why": "Nobody waits."}
    lena.post("/improvements/new", data=said)
    db.session.rollback()
    third = db.session.query(Improvement).filter_by(title="Pay anywhere").one()
    merge(lena, in_app, counter)
    with lena.session_transaction() as session:
        first = session["triage_undo"]
    merge(lena, fresh(counter), third)
    with lena.session_transaction() as session:
        session["triage_undo"] = first

    assert take_back(lena, in_app).status_code == 409
    assert [area.channel for area in fresh(third).areas] == ["counter", "app"]


def test_nothing_is_raised_where_what_it_went_into_is_declined(two, lena, olga, journey, app):
    counter, in_app = two
    merge(lena, in_app, counter)
    patch(lena, fresh(counter), state="declined", reason="The new till opens in May.")
    see(olga, journey, "app")
    work(app)
    assert db.session.query(Improvement).count() == 2


def test_another_channel_of_the_touchpoint_may_be_chosen_by_hand(two, lena):
    counter, in_app = two
    page = text_of(lena, f"/improvements/triage?item={in_app.id}")
    assert "counter, Unassigned" in page and "Compare the two first" not in page
    assert decide(lena, in_app, "merge", into=counter.id).status_code == 303
    assert len(fresh(counter).areas) == 2
