"""The backlog as a board: what stands in which column, how a card moves, what is looked at, and taking a step back."""

import re

import pytest
from sqlalchemy import event

from shadowing.backlog.board.pages import columns, in_columns
from shadowing.backlog.board.standing import PER_COLUMN
from shadowing.backlog.models import Improvement
from shadowing.backlog.pages import FEW_DECLINED
from shadowing.core import clock
from shadowing.core.database import db, writing
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401
from tests.conftest import person
from tests.planning.plans.test_plan_pages import text_of
from tests.support.fields import error_at

BOARD = "/improvements?view=board"


def move(client, card, state, **fields):
    data = {"item": card.id, "revision": card.revision, "state": state, **fields}
    return client.post(f"{BOARD}&level=utility", data=data)


def undo(client, item, **fields):
    return client.post(f"/improvements/{item.id}/undo", data={"revision": item.revision, **fields})


def totals(client, address=BOARD):
    page = client.get(address).get_data(as_text=True)
    return {state: int(n) for state, n in re.findall(r'id="column-(\w+)">[^<]*<span class="muted">(\d+)', page)}


def many(item, count, **more):
    """More of them, one as the other."""
    with writing():
        for _ in range(count):
            db.session.add(
                Improvement(
                    area_id=item.area_id,
                    panel_id=item.panel_id,
                    level="utility",
                    raised_by="person",
                    raised_at=clock.now(),
                    changed_at=clock.now(),
                    **more,
                )
            )
        db.session.commit()


def questions(client, address):
    """How many the database is asked."""
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def test_the_board_counts_what_stands_in_each_column(failing, lena):  # noqa: F811
    assert totals(lena) == {"proposed": 1, "accepted": 0, "in_progress": 0, "shipped": 0, "verified": 0}
    page = lena.get(BOARD).get_data(as_text=True)
    assert re.search(r'view=board"\s+aria-current="true"', page)


def test_a_card_moves_by_one_press_and_the_board_stays_as_it_was_looked_at(failing, lena):  # noqa: F811
    patch(lena, failing, owner=str(person("olga").id))

    answer = move(lena, fresh(failing), "accepted")

    assert (answer.status_code, answer.location) == (303, f"{BOARD}&level=utility")
    assert totals(lena)["accepted"] == 1
    assert [(e.before, e.after) for e in fresh(failing).events if e.kind == "state"][-1] == ("proposed", "accepted")


def test_what_a_step_needs_is_asked_on_its_page(failing, lena):  # noqa: F811
    page = lena.get(BOARD).get_data(as_text=True)
    for state, sentence in (("accepted", "To accept it, say who owns it."), ("declined", "To decline it, say why.")):
        address = f"/improvements/{failing.id}?wanted={state}"
        assert f'href="{address}#change"' in page
        assert sentence in text_of(lena.get(address))

    refused = move(lena, failing, "accepted")
    assert (refused.status_code, error_at(refused, "owner_id")[:15]) == (422, "Say who owns it")
    assert lena.get(f"/improvements/{failing.id}?wanted=nonsense").status_code == 200


def test_who_moves_too_late_reads_it_on_the_board_and_nothing_is_done(failing, lena, anna):  # noqa: F811
    seen = failing.revision
    patch(anna, failing, state="accepted", owner=str(person("olga").id))

    late = move(lena, fresh(failing), "declined", revision=seen)

    assert late.status_code == 409
    assert "Somebody moved this one meanwhile." in text_of(late)
    assert 'id="column-accepted"' in late.get_data(as_text=True)
    assert fresh(failing).state == "accepted"


def test_what_cannot_follow_is_refused(failing, lena, emil, olga):  # noqa: F811
    assert move(lena, failing, "verified").status_code == 422
    assert move(lena, failing, "nonsense").status_code == 422
    assert move(lena, failing, "accepted", item="999").status_code == 404
    assert move(lena, failing, "accepted", item="x").status_code == 404
    assert move(emil, failing, "accepted").status_code == 403
    assert "data-move" not in emil.get(BOARD).get_data(as_text=True)
    assert olga.get(BOARD).status_code == 403


def test_a_step_is_taken_back_with_all_that_was_changed_with_it(failing, lena, anna):  # noqa: F811
    data = {
        "revision": failing.revision,
        "state": "accepted",
        "owner_id": str(person("olga").id),
        "due_on": "2027-01-01",
    }
    page = lena.get(lena.post(f"/improvements/{failing.id}", data=data).location)
    assert "is now: Accepted." in text_of(page) and "Undo" in text_of(page)
    assert undo(anna, fresh(failing)).status_code == 422, "it was not hers"

    assert undo(lena, fresh(failing)).status_code == 303

    item = fresh(failing)
    assert (item.state, item.owner_id, item.due_on) == ("proposed", None, None)
    assert "Lena took the last step back." in text_of(lena.get(f"/improvements/{failing.id}"))
    assert undo(lena, item).status_code == 422, "once is enough"


def test_a_declined_one_comes_back_as_it_was_and_not_once_something_else_happened(failing, lena):  # noqa: F811
    patch(lena, failing, state="declined", reason="Not now.")
    seen = fresh(failing).revision
    assert undo(lena, fresh(failing)).status_code == 303
    assert (fresh(failing).state, fresh(failing).declined_reason) == ("proposed", None)

    patch(lena, fresh(failing), state="declined", reason="Not now.")
    patch(lena, fresh(failing), title="One queue")
    assert undo(lena, fresh(failing), revision=seen).status_code == 409
    assert fresh(failing).state == "declined"


def test_what_was_shipped_by_mistake_is_in_work_again(failing, lena):  # noqa: F811
    patch(lena, failing, state="accepted", owner=str(person("olga").id))
    patch(lena, fresh(failing), state="in_progress")
    patch(lena, fresh(failing), state="shipped")

    assert undo(lena, fresh(failing)).status_code == 303
    assert (fresh(failing).state, fresh(failing).shipped_at) == ("in_progress", None)


def test_the_backlog_is_filtered_by_owner_status_level_site_and_words(failing, lena):  # noqa: F811
    patch(lena, failing, owner=str(person("olga").id), title="One queue, five windows")
    olga = person("olga").id
    for said, found in {
        f"owner={olga}": 1,
        "owner=none": 0,
        "state=proposed": 1,
        "state=verified": 0,
        "level=utility": 1,
        "level=delight": 0,
        "find=QUEUE+five": 1,
        "find=pay": 1,
        "find=缴费": 1,
        "find=nothing%25": 0,
        "site=1": 1,
        "site=2": 0,
        "channel=counter&stage=core_touch": None,
    }.items():
        page = lena.get(f"/improvements?{said}")
        assert page.status_code in (200, 404)
        if found is not None:
            assert (f"/improvements/{failing.id}" in page.get_data(as_text=True)) == bool(found), said
            assert totals(lena, f"{BOARD}&{said}")["proposed"] == found


@pytest.mark.parametrize("said", ["owner=²", "state=done", "level=joy", "site=999"])
def test_what_a_filter_names_and_is_not_there_is_said(lena, said):
    assert lena.get(f"{BOARD}&{said}").status_code == 404


def test_a_column_shows_so_many_and_then_more(failing, lena):  # noqa: F811
    many(failing, 60)

    page = lena.get(BOARD).get_data(as_text=True)

    assert (totals(lena)["proposed"], page.count("data-card")) == (61, PER_COLUMN)
    more = re.search(r'href="(\?[^"]*)#column-proposed"', page)[1].replace("&amp;", "&")
    assert lena.get(f"/improvements{more}").get_data(as_text=True).count("data-card") == 2 * PER_COLUMN
    assert lena.get(f"{BOARD}&column=proposed&upto=100").get_data(as_text=True).count("data-card") == 61
    for upto in ("", "-3", "x", "9" * 30):
        assert lena.get(f"{BOARD}&column=proposed&upto={upto}").status_code == 200


def test_of_many_declined_the_newest_are_shown_and_the_way_to_all(failing, lena):  # noqa: F811
    many(failing, 30, state="declined", declined_reason="Too dear.")

    page = lena.get("/improvements").get_data(as_text=True)

    assert "30 declined, with reasons" in page and page.count("Too dear.") == FEW_DECLINED
    every = re.search(r'href="(\?[^"]*state=declined[^"]*)"', page)[1].replace("&amp;", "&")
    assert lena.get(f"/improvements{every}").get_data(as_text=True).count("Too dear.") == 30


@pytest.mark.engine("sqlite")
def test_the_number_of_questions_does_not_grow_with_the_backlog(failing, lena):  # noqa: F811
    for address in (BOARD, "/improvements"):
        lena.get(address)
        few = questions(lena, address)
        many(failing, 40)
        assert questions(lena, address) <= few


def test_columns_are_empty_without_anything():
    assert [column.total for column in columns(in_columns([]), {}, {}, None)] == [0] * 5
