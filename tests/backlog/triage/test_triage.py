"""Proposals, one at a time: accepted, merged, put off, declined, split; each taken back while nothing else happened."""

import re
from datetime import timedelta

import pytest

from shadowing.backlog.models import Evidence, Improvement
from shadowing.backlog.triage.snooze import clearly_worse, floor_of
from shadowing.core import clock
from shadowing.core.database import db
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401
from tests.conftest import a_visit, an_observation, person, work
from tests.support.fields import error_at, typed_in

pytestmark = pytest.mark.usefixtures("failing")


def decide(client, item, verb, **fields):
    data = {"revision": item.revision, "verb": verb, **fields}
    return client.post(f"/improvements/{item.id}/triage", data=data)


def take_back(client, item):
    return client.post(f"/improvements/{item.id}/triage/undo")


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def sentence_at(answer, id):
    """Of a group of choices, which is described as a whole."""
    shown = answer.get_data(as_text=True)
    assert f'aria-describedby="{id}-error"' in shown
    found = re.search(rf'<span class="err" id="{id}-error"[^>]*>(.*?)</span></span>', shown, re.S)
    return re.sub(r"<[^>]*>", "", found[1]).strip()


def in_days(count):
    return (clock.now() + timedelta(days=count)).date().isoformat()


@pytest.fixture
def twin(failing, anna):  # noqa: F811
    """Anna wishes for something at the same place."""
    said = {"area_id": failing.area_id, "level": "utility", "title": "Pay in the app", "why": "Nobody waits."}
    assert anna.post("/improvements/new", data=said).status_code == 303
    db.session.rollback()
    return db.session.query(Improvement).filter_by(title="Pay in the app").one()


def test_the_first_in_order_is_in_hand(failing, twin, lena):  # noqa: F811
    page = text_of(lena, "/improvements/triage")
    assert "2 proposals to decide" in page and "Utility: Payment" in page
    assert f"/improvements/{failing.id}/triage" in page
    assert f"/improvements/{twin.id}/triage" in text_of(lena, f"/improvements/triage?item={twin.id}")


def test_accepting_forces_an_owner_and_me_is_one_tap(failing, lena):  # noqa: F811
    refused = decide(lena, failing, "accept")
    assert (refused.status_code, sentence_at(refused, "owner")) == (
        422,
        "Say who owns it. An improvement without an owner does not move.",
    )

    answer = decide(lena, failing, "accept", owner="me", due=in_days(14))

    item = fresh(failing)
    assert answer.status_code == 303 and item.state == "accepted"
    assert (item.owner.name, item.due_on.isoformat()) == ("Lena", in_days(14))


def test_somebody_else_owns_it(failing, lena):  # noqa: F811
    refused = decide(lena, failing, "accept", owner="other", owner_id="")
    assert refused.status_code == 422
    assert decide(lena, failing, "accept", owner="other", owner_id=person("otto").id).status_code == 303
    assert fresh(failing).owner.name == "Otto"


def test_declining_needs_a_reason_that_goes_back_to_whoever_proposed_it(twin, lena, anna):
    refused = decide(lena, twin, "decline")
    assert (refused.status_code, error_at(refused, "words")) == (
        422,
        "Say why, in a sentence. It stays with the improvement.",
    )
    assert decide(lena, twin, "decline", why="costs", words="Ask again in May.").status_code == 303

    assert fresh(twin).declined_reason == "It costs more than it brings. Ask again in May."
    told = text_of(anna, "/improvements")
    assert "Lena declined “Pay in the app”" in told.replace("\u2068", "").replace("\u2069", "") or "declined" in told
    assert told.count("Ask again in May.") == 2, "to Anna, and beside the declined"
    assert "What became of your proposals" not in text_of(lena, "/improvements")


def test_what_is_put_off_is_out_of_the_order_until_its_day(failing, lena):  # noqa: F811
    assert decide(lena, failing, "snooze", until="", until_on="").status_code == 422
    for wrong in (in_days(0), in_days(400), "soon"):
        assert error_at(decide(lena, failing, "snooze", until_on=wrong), "until_on")

    assert decide(lena, failing, "snooze", until=in_days(28)).status_code == 303

    page = text_of(lena, "/improvements")
    assert "One put off" in page and "Why here?" not in page
    assert "Nothing to decide" in text_of(lena, "/improvements/triage")
    item = fresh(failing)
    item.snoozed_until = clock.now().date()
    db.session.commit()
    assert "One proposal to decide" in text_of(lena, "/improvements/triage"), "back by itself on its day"


def test_it_comes_back_earlier_when_a_lower_level_gives_way(olga, otto, journey, lena, app):
    for client in (olga, otto):
        for _ in range(4):
            visit = a_visit(journey)
            seen = an_observation(journey, visit, "consultation", utility=5, usability=1, delight=5)
            client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)
    db.session.rollback()
    item = db.session.query(Improvement).filter_by(level="usability").one()
    decide(lena, item, "snooze", until=in_days(84))
    for client in (olga, otto):
        for _ in range(12):
            visit = a_visit(journey)
            seen = an_observation(journey, visit, "consultation", utility=1, usability=1, delight=5)
            client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)

    back = fresh(item)

    assert (back.level, back.snoozed_until) == ("utility", None)
    assert "back before its day" in text_of(lena, f"/improvements/{item.id}")


def test_clearly_worse_is_below_the_interval_it_had():
    floor = floor_of(3.0, 0.2)
    assert round(floor, 3) == 2.671
    assert not clearly_worse("usability", floor, "usability", "usability", 2.7)
    assert clearly_worse("usability", floor, "usability", "usability", 2.6)
    assert clearly_worse("usability", floor, "utility", "utility", 3.9)
    assert not clearly_worse("usability", None, None, "delight", 1.0)


def test_merging_moves_the_evidence_along_and_raises_nothing_again(failing, twin, lena, olga, journey, app):  # noqa: F811
    assert sentence_at(decide(lena, failing, "merge", into="999"), "into") == "Choose the improvement that goes on."

    assert decide(lena, failing, "merge", into=twin.id).status_code == 303

    merged = fresh(failing)
    assert (merged.state, merged.merged_into_id) == ("merged", twin.id)
    assert db.session.query(Evidence).filter_by(improvement_id=twin.id).count() == 2
    assert "Merged into this one" in text_of(lena, f"/improvements/{twin.id}")
    assert "It goes on as" in text_of(lena, f"/improvements/{failing.id}")
    visit = a_visit(journey)
    observation = an_observation(journey, visit, "payment", utility=1)
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    work(app)
    assert db.session.query(Improvement).count() == 2, "a rule raises nothing while the other one is open"


def test_merging_can_be_taken_back_with_its_evidence(failing, twin, lena):  # noqa: F811
    db.session.query(Evidence).filter_by(improvement_id=twin.id).delete()
    db.session.commit()
    decide(lena, failing, "merge", into=twin.id)
    assert take_back(lena, failing).status_code == 303

    item = fresh(failing)
    assert (item.state, item.merged_into_id) == ("proposed", None)
    assert db.session.query(Evidence).filter_by(improvement_id=twin.id).count() == 0
    assert db.session.query(Evidence).filter_by(improvement_id=item.id).count() == 2


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("accept", {"owner": "me", "due": "2999-01-01"}),
        ("decline", {"why": "doing"}),
        ("snooze", {"until": in_days(14)}),
    ],
)
def test_each_verdict_can_be_taken_back(failing, lena, verb, fields):  # noqa: F811
    decide(lena, failing, verb, **fields)
    assert "Take back" in text_of(lena, "/improvements/triage")

    assert take_back(lena, failing).status_code == 303

    item = fresh(failing)
    kept = (item.state, item.owner_id, item.due_on, item.declined_reason, item.snoozed_until)
    assert kept == ("proposed", None, None, None, None)


def test_nothing_is_taken_back_over_what_happened_since(failing, lena, anna):  # noqa: F811
    decide(lena, failing, "accept", owner="me")
    patch(anna, fresh(failing), title="One queue")

    assert "Take back" not in text_of(lena, "/improvements/triage")
    assert take_back(lena, failing).status_code == 409
    assert take_back(anna, failing).status_code == 409
    assert fresh(failing).state == "accepted"


def test_two_who_decide_at_once_are_told(failing, lena, anna):  # noqa: F811
    stale = failing.revision
    decide(lena, failing, "accept", owner="me")
    late = anna.post(f"/improvements/{failing.id}/triage", data={"revision": stale, "verb": "decline", "words": "No."})

    assert late.status_code == 409 and "Somebody changed this meanwhile" in late.get_data(as_text=True)
    assert fresh(failing).state == "accepted"


def test_splitting_makes_a_second_proposal_with_the_same_evidence(failing, lena):  # noqa: F811
    assert error_at(decide(lena, failing, "split", title=" "), "title") == "Give it a name, in a few words."

    assert decide(lena, failing, "split", title="A sign at the till").status_code == 303

    second = db.session.query(Improvement).filter_by(title="A sign at the till").one()
    assert (second.state, second.level, second.split_from_id) == ("proposed", "utility", failing.id)
    assert db.session.query(Evidence).filter_by(improvement_id=second.id).count() == 2
    assert "Split off from this one" in text_of(lena, f"/improvements/{failing.id}")


def test_what_was_typed_stays_when_it_is_refused(failing, lena):  # noqa: F811
    refused = decide(lena, failing, "accept", due_on="2027-01-31", words="x")
    assert typed_in(refused, "due_on") == "2027-01-31"
    assert decide(lena, failing, "juggle").status_code == 422
    assert decide(lena, failing, "accept", owner="other", owner_id="²").status_code == 422


def test_only_leads_decide(failing, emil, olga):  # noqa: F811
    for client in (emil, olga):
        assert client.get("/improvements/triage").status_code == 403
        assert decide(client, failing, "accept", owner="me").status_code == 403


@pytest.mark.parametrize("name", ["unowned", "overdue", "proof"])
def test_each_number_is_the_list_it_counts(failing, twin, lena, name):  # noqa: F811
    patch(lena, twin, state="accepted", owner=str(person("lena").id), due="2020-01-01")
    listed = lena.get(f"/api/v1/improvements?only={name}").get_json()["improvements"]
    page = text_of(lena, "/improvements")
    words = {"unowned": "1 without owner", "overdue": "1 overdue", "proof": "0 waiting for proof"}

    assert words[name] in page.replace("\u2068", "").replace("\u2069", "")
    assert len(listed) == int(words[name][0])
    assert "None of them." in text_of(lena, "/improvements?only=proof")
    assert lena.get("/improvements?only=loud").status_code == 404


def test_a_counter_and_an_order_keep_the_filter_of_the_list(twin, lena):
    page = lena.get("/improvements?owner=none&state=proposed").get_data(as_text=True)

    kept = "/improvements?owner=none&amp;state=proposed"
    assert f'href="{kept}&amp;only=unowned"' in page
    assert f'href="{kept}&amp;rank=customer"' in page
