"""/promises: read from the journeys, counted from what was seen, kept or corrected under a name."""

import pytest

from shadowing.authoring.editor.models import JourneyDraft
from shadowing.authoring.promises.models import PromiseDecision
from shadowing.backlog.models import Improvement
from shadowing.core.database import db
from shadowing.people.accounts import find_person
from tests.authoring.editor.test_editor import fields
from tests.conftest import a_visit, an_observation, person, site, touchpoint, work
from tests.support.fields import error_at, typed_in


def page(answer):
    return answer.get_data(as_text=True)


def seen(olga, app, journey, kept, broken, site_id="1", key="payment", standard="three_in_line"):
    for number in range(kept + broken):
        visit = a_visit(journey, site_id=site_id)
        said = {standard: "met" if number < kept else "not_met"}
        observation = an_observation(journey, visit, key, utility=2, standards=said)
        answer = olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
        assert [each["status"] for each in answer.get_json()["results"]] == [201, 201]
    work(app)


def name(journey, key="payment", standard="three_in_line"):
    return f"{touchpoint(journey, key)['id']}:{standard}"


def decide(client, journey, **fields):
    return client.post("/promises", data={"p": name(journey), "decision": "keep", "after": "0", **fields})


def test_every_promise_of_the_journeys_is_listed(lena):
    shown = page(lena.get("/promises"))

    for text in ("Never more than three in line", "No long wait at our clinics", "on our website"):
        assert text in shown
    assert "to be probed" in shown and "%" not in shown[shown.index("pr-list") : shown.index("legend")]


def test_a_share_with_its_interval_from_five_answers_on(lena, olga, app, journey):
    seen(olga, app, journey, 1, 3)
    row = page(lena.get("/promises"))
    assert "seen 4 times" in row and "1 of 4" not in row

    seen(olga, app, journey, 0, 2)

    shown = page(lena.get(f"/promises?p={name(journey)}"))
    assert "1 of 6" in shown and "most likely" in shown
    assert "1 of 4 promises is broken more often than it should be." in shown.replace("<b>", "")
    assert "We promise more than we keep." in shown
    assert "Kept 1, broken 5" in shown


def test_leads_see_what_was_seen_at_their_own_sites(lena, olga, app, journey):
    seen(olga, app, journey, 0, 6, site_id="1")
    find_person("lena@test.example").sites = [site(1)]
    db.session.commit()

    assert "0 of 6" not in page(lena.get("/promises"))


def test_competitors_break_no_promise_of_ours(lena, olga, app, journey):
    seen(olga, app, journey, 0, 6, site_id="3")

    assert "0 of 6" not in page(lena.get("/promises"))


def test_another_standard_may_check_it(lena, olga, app, journey):
    seen(olga, app, journey, 5, 1, standard="within_10min")
    lena.post("/journeys/1/touchpoints/payment", data=checked_by(lena, "within_10min"))
    draft = db.session.get(JourneyDraft, 1)
    lena.post("/journeys/1/publish", data={"revision": draft.revision})

    shown = page(lena.get(f"/promises?p={name(journey)}"))
    assert "5 of 6" in shown and "Served within 10 minutes" in shown


def checked_by(client, other):
    return {**fields(client, "payment"), "three_in_line-checked_by": other}


def test_keeping_it_opens_an_improvement_under_a_name(lena, olga, app, journey):
    seen(olga, app, journey, 1, 5)
    db.session.rollback()
    before = db.session.query(Improvement).count()

    answer = decide(lena, journey, words="A second window, 9 to 11", asked=str(person("anna").id))

    assert answer.status_code == 303
    db.session.rollback()
    made = db.session.query(PromiseDecision).one()
    assert (made.decision, made.person.name, made.words) == ("keep", "Lena", "A second window, 9 to 11")
    assert db.session.query(Improvement).count() == before + (0 if made.improvement.raised_by == "rule" else 1)
    if made.improvement.raised_by == "person":
        assert (made.improvement.owner.name, made.improvement.level) == ("Anna", "utility")
    shown = page(lena.get(f"/promises?p={name(journey)}"))
    assert "keep it · Lena" in shown and f"/improvements/{made.improvement_id}" in shown


def test_correcting_it_says_what_is_promised_instead(emil, lena, olga, app, journey):
    seen(olga, app, journey, 1, 5)
    refused = decide(emil, journey, decision="correct")
    assert refused.status_code == 422 and "Say what is promised instead" in page(refused)

    assert decide(emil, journey, decision="correct", words="Usually under ten minutes").status_code == 303

    db.session.rollback()
    item = db.session.query(PromiseDecision).one().improvement
    assert (item.raised_by, item.title) == ("person", "Correct the promise: Never more than three in line")
    assert item.plan == "Usually under ten minutes" and item.author_id == person("emil").id
    assert "correct it · Emil" in page(lena.get("/promises"))
    assert lena.get(f"/improvements/{item.id}").status_code == 200


def test_an_open_improvement_is_joined(lena, olga, app, journey):
    seen(olga, app, journey, 1, 5)
    decide(lena, journey, decision="correct", words="Sometimes more")
    db.session.rollback()
    first = db.session.query(PromiseDecision).one()

    decide(lena, journey, after=str(first.id))

    db.session.rollback()
    newest = db.session.query(PromiseDecision).order_by(PromiseDecision.id.desc()).first()
    assert newest.improvement_id is not None
    assert newest.improvement_id <= first.improvement_id


def test_of_two_who_decide_the_second_is_told_and_loses_nothing(lena, emil, journey, olga, app):
    seen(olga, app, journey, 1, 5)
    decide(lena, journey)

    answer = decide(emil, journey, decision="correct", words="Mostly three")

    assert answer.status_code == 409
    assert "Somebody decided meanwhile" in page(answer) and "Mostly three" in page(answer)


def test_a_decision_before_anything_was_seen(lena, journey):
    assert decide(lena, journey).status_code == 303
    db.session.rollback()
    assert db.session.query(PromiseDecision).one().improvement_id is None
    assert "nothing was seen there" in page(lena.get("/promises"))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"p": "1:nothing"}, 404),
        ({"p": "x"}, 404),
        ({"p": ""}, 404),
        ({"decision": "burn"}, 422),
        ({"decision": ""}, 422),
        ({"words": "x" * 1001}, 422),
        ({"asked": "99999999999999"}, 422),
        ({"asked": "anna"}, 422),
        ({"after": "x"}, 409),
        ({"words": "a\x00b"}, 303),
    ],
)
def test_decisions_that_are_none(lena, journey, fields, status):
    assert decide(lena, journey, **fields).status_code == status


def test_what_is_wrong_stands_at_its_field(lena, journey):
    wordless = decide(lena, journey, decision="correct", asked=str(person("anna").id))
    assert error_at(wordless, "words") == "Say what is promised instead, or that it is no longer promised."
    assert typed_in(wordless, "asked") == str(person("anna").id)
    unknown = decide(lena, journey, asked="999", words="A second window")
    assert error_at(unknown, "asked") == "No member of staff has this id."
    assert (error_at(unknown, "words"), typed_in(unknown, "words")) == ("", "A second window")
    assert 'id="decision-decision-error"' in page(decide(lena, journey, decision="burn"))

    gone = lena.post("/promises/new", data={"text_en": "Free parking", "place": "1:nowhere", "level": "delight"})

    assert error_at(gone, "place") == "Choose one of these; somebody may have removed it meanwhile."
    assert (typed_in(gone, "text_en"), typed_in(gone, "level")) == ("Free parking", "delight")


def test_filters(lena, journey):
    assert "Never more than three in line" not in page(lena.get("/promises?source=staff"))
    assert "No promise is written here" in page(lena.get("/promises?state=healthy"))
    assert lena.get("/promises?journey=999999999999999999&source=x&state=%00&p=%00").status_code == 200


def test_a_promise_is_added_to_a_draft_and_checked_from_then_on(lena, olga):
    added = {
        "text_en": "Parking for two hours",
        "where_zh": "官网",
        "source": "website",
        "place": "1:payment",
        "level": "usability",
    }
    answer = lena.post("/promises/new", data={**added, "level": "usability"})

    assert answer.location.startswith("/journeys/1?t=payment")
    db.session.rollback()
    lena.post("/journeys/1/publish", data={"revision": db.session.get(JourneyDraft, 1).revision})
    made = touchpoint(olga.get("/api/v1/carry").get_json()["journeys"][0], "payment")["standards"][-1]
    assert (made["kind"], made["text"]["zh"], made["where"]["en"], made["source"], made["level"]) == (
        "promise",
        "Parking for two hours",
        "官网",
        "website",
        "usability",
    )
    assert "Parking for two hours" in page(lena.get("/promises?source=website"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text_en": " ", "place": "1:payment"}, "Fill in a name"),
        ({"text_en": "x", "place": "1:nowhere"}, "Choose one of these"),
        ({"text_en": "x", "place": "77:payment"}, "Choose one of these"),
        ({"text_en": "x", "place": "٣:payment"}, "Choose one of these"),
        ({"text_en": "x"}, "Choose one of these"),
        ({"text_en": "x" * 1001, "place": "1:payment"}, "too long"),
    ],
)
def test_what_is_wrong_with_a_new_promise_is_named(lena, fields, sentence):
    answer = lena.post("/promises/new", data={"where_en": "our poster", **fields})

    assert answer.status_code == 422
    assert sentence in page(answer) and "our poster" in page(answer)
    db.session.rollback()
    assert db.session.get(JourneyDraft, 1) is None


def test_who_may(olga, emil):
    assert olga.get("/promises").status_code == 403
    assert emil.get("/promises").status_code == 200
    assert emil.get("/promises/new").status_code == 403
    assert "Add a promise" not in page(emil.get("/promises"))
