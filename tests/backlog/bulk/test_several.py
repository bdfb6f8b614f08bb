"""Several improvements of the list at once: what could be done is done, the rest said, and all of it taken back."""

import pytest

from shadowing.backlog.bulk.wording import done
from shadowing.backlog.models import Improvement
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.sentences import plain
from tests.backlog.test_backlog import failing, patch  # noqa: F401
from tests.conftest import person
from tests.planning.plans.test_plan_pages import text_of
from tests.support.fields import error_at, typed_in


@pytest.fixture
def three(failing):  # noqa: F811
    with writing():
        for _ in range(2):
            fields = {"area_id": failing.area_id, "panel_id": failing.panel_id, "level": "utility"}
            moments = {"raised_at": clock.now(), "changed_at": clock.now()}
            db.session.add(Improvement(raised_by="person", **fields, **moments))
        db.session.commit()
    return all_of_them()


def all_of_them():
    db.session.rollback()
    return db.session.query(Improvement).order_by(Improvement.id).all()


def ticked(items):
    return [f"{item.id}.{item.revision}" for item in items]


def send(client, items, deed, **fields):
    return client.post("/improvements?level=utility", data={"several": deed, "items": items, **fields})


def states():
    return [item.state for item in all_of_them()]


def test_all_that_are_ticked_are_accepted_with_their_owner(three, lena):
    answer = send(lena, ticked(three[:2]), "accept", given_to=str(person("olga").id))

    assert (answer.status_code, answer.location) == (303, "/improvements?level=utility")
    assert states() == ["accepted", "accepted", "proposed"]
    assert {item.owner.name for item in all_of_them()[:2]} == {"Olga"}
    assert "2 were accepted." in text_of(lena.get(answer.location))


def test_what_cannot_be_done_is_left_and_said(three, lena, anna):
    seen = ticked(three)
    patch(anna, three[0], title="Changed meanwhile")
    patch(anna, all_of_them()[1], state="declined", reason="No.")
    seen[1] = ticked(all_of_them())[1]

    answer = send(lena, seen, "accept", given_to=str(person("olga").id))

    assert states() == ["proposed", "declined", "accepted"]
    page = text_of(lena.get(answer.location))
    assert "One was accepted. One was left as it is, because somebody changed it meanwhile." in page
    assert "One was left as it is, because this does not follow from where it stands." in page


def test_they_are_declined_with_one_reason_and_assigned_without_a_step(three, lena):
    send(lena, ticked(three[:1]), "decline", because="The new wing opens in May.")
    send(lena, ticked(all_of_them()[1:]), "assign", given_to=str(person("otto").id))

    items = all_of_them()
    assert states() == ["declined", "proposed", "proposed"]
    assert items[0].declined_reason == "The new wing opens in May."
    assert {item.owner.name for item in items[1:]} == {"Otto"}


@pytest.mark.parametrize(
    ("deed", "fields", "field"),
    [
        ("accept", {}, "given_to"),
        ("assign", {"given_to": "999"}, "given_to"),
        ("decline", {}, "because"),
        ("decline", {"because": "  "}, "because"),
    ],
)
def test_what_is_missing_is_named_and_what_was_ticked_stays_ticked(three, lena, deed, fields, field):
    refused = send(lena, ticked(three[:2]), deed, **fields)

    assert refused.status_code == 422 and error_at(refused, field)
    assert refused.get_data(as_text=True).count(" checked>") == 2
    assert typed_in(refused, "because") == fields.get("because", "")
    assert states() == ["proposed"] * 3


def test_nothing_ticked_or_nonsense_is_a_sentence(three, lena, emil):
    assert "Tick at least one improvement first." in text_of(send(lena, [], "accept"))
    for items in (["x"], ["1"], ["²."], ["999.1"]):
        assert send(lena, items, "decline", because="No.").status_code in (303, 422)
    assert send(lena, ticked(three), "dance").status_code == 422
    assert send(emil, ticked(three), "decline", because="No.").status_code == 403
    assert "row-pick" not in emil.get("/improvements").get_data(as_text=True)
    assert states() == ["proposed"] * 3


def test_all_of_it_is_taken_back_at_once(three, lena):
    send(lena, ticked(three), "accept", given_to=str(person("olga").id))

    assert send(lena, ticked(all_of_them()), "undo").status_code == 303

    assert states() == ["proposed"] * 3
    assert {item.owner_id for item in all_of_them()} == {None}
    send(lena, ticked(all_of_them()), "assign", given_to=str(person("otto").id))
    send(lena, ticked(all_of_them()), "undo")
    assert {item.owner_id for item in all_of_them()} == {None}


def test_nothing_of_it_is_taken_back_once_something_was_changed(three, lena, anna):
    send(lena, ticked(three), "accept", given_to=str(person("olga").id))
    seen = ticked(all_of_them())
    patch(anna, all_of_them()[1], title="Changed meanwhile")

    answer = send(lena, seen, "undo")

    assert "so nothing was put back" in text_of(lena.get(answer.location))
    assert states() == ["accepted"] * 3


def test_every_outcome_has_its_sentence():
    assert plain(done("decline", 1, 0, 0), "en") == "One was declined."
    assert plain(done("assign", 2, 0, 0), "en") == "2 have their owner."
    assert plain(done("accept", 0, 2, 0), "en").startswith("Nothing was changed. 2 were left as they are")


def test_an_owner_taken_back_takes_no_fix_back(three, lena):
    item = three[0]
    patch(lena, item, state="accepted", owner=str(person("olga").id))
    for state in ("in_progress", "shipped"):
        patch(lena, all_of_them()[0], state=state)
    send(lena, ticked(all_of_them()[:1]), "assign", given_to=str(person("otto").id))

    send(lena, ticked(all_of_them()[:1]), "undo")

    item = all_of_them()[0]
    assert (item.state, item.owner.name) == ("shipped", "Olga")
