"""Every change is a sentence of the history; comments stay, unless who wrote them takes them back at once."""

from datetime import timedelta

import pytest

from shadowing.backlog.history.comments import SECOND_THOUGHTS
from shadowing.backlog.history.facts import Fact, changed
from shadowing.backlog.history.figures import Event
from shadowing.backlog.history.wording import says_who, told
from shadowing.backlog.models import ImprovementEvent
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.sentences import plain
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401
from tests.conftest import person
from tests.planning.plans.test_plan_pages import text_of
from tests.support.fields import error_at, typed_in

SERVED = {"one": {"en": "patient", "zh": "患者"}, "many": {"en": "patients", "zh": "患者"}}


def said(kind, before=None, after=None, words="", language="en"):
    return plain(told(Event(clock.now(), "Li Wei", kind, before, after, words), SERVED), language)


def test_only_what_changed_is_a_fact():
    before = dict.fromkeys(
        ("owner", "due", "effort", "effort_days", "cost", "lens_customer", "lens_business", "lens_brand")
    )
    before |= {"title": "One queue", "title_en": None, "title_zh": None, "plan": "Ask"}
    after = {**before, "due": "2026-11-10", "title": "Two", "plan": None}

    assert changed(before, before) == []
    assert changed(before, after) == [
        Fact("due", None, "2026-11-10"),
        Fact("title", words="Two"),
        Fact("plan", words="Ask"),
    ]


@pytest.mark.parametrize(
    ("fact", "en", "zh"),
    [
        (("due", "2026-11-03", "2026-11-10"), "moved the date from 3 Nov to 10 Nov.", "把期限从11月3日改到11月10日。"),
        (("due", None, "2026-11-10"), "set the date: 10 Nov.", "定了期限：11月10日。"),
        (("owner", "Olga", None), "took it from Olga; nobody owns it.", "不再让Olga负责，现在没有负责人。"),
        (("effort", "S", "XL"), "changed the effort from small to very large.", "把工作量从“小”改为“特大”。"),
        (("lens_brand", "-0.5", "1"), "changed the lens Brand from −½ to +1.", "把“品牌”视角从 −½ 改为 +1。"),
        (("cost", None, "300"), "estimated what it costs: 300.", "估计费用为 300。"),
    ],
)
def test_a_change_is_told_with_who_made_it(fact, en, zh):
    assert said(*fact) == f"Li Wei {en}"
    assert said(*fact, language="zh").replace("\u2068", "").replace("\u2069", "") == f"Li Wei {zh}"
    assert says_who(Event(clock.now(), "Li Wei", *fact))


def test_every_kind_of_fact_has_its_sentence():
    for kind in ("title", "plan", "step_added", "step_changed", "step_done", "step_undone", "step_moved"):
        assert said(kind, words="Ask the staff").startswith("Li Wei ")
    assert said("level", "utility", "delight") == "It is about Delight now, no longer about Utility."


def test_a_patch_of_several_fields_is_told_field_by_field(failing, lena):  # noqa: F811
    patch(
        lena, failing, owner=str(person("olga").id), due="2026-11-03", lenses={"customer": 1, "business": 0, "brand": 0}
    )
    patch(lena, fresh(failing), due="2026-11-10", title="One queue")
    patch(lena, fresh(failing), due="2026-11-10")

    page = text_of(lena.get(f"/improvements/{failing.id}"))
    for sentence in (
        "Lena gave it to Olga.",
        "Lena set the date: 3 Nov.",
        "Lena moved the date from 3 Nov to 10 Nov.",
        "Lena judged the lens Customer: +1.",
        "Lena named it “One queue”.",
    ):
        assert page.count(sentence) == 1, sentence


def test_readers_and_the_owner_write_comments_nobody_else(failing, lena, emil, olga, otto):  # noqa: F811
    patch(lena, failing, owner=str(person("olga").id))
    for client, status in ((lena, 303), (emil, 303), (olga, 303), (otto, 403)):
        answer = client.post(f"/improvements/{failing.id}/comments", data={"words": "Seen <b>again</b>."})
        assert answer.status_code == status

    assert lena.get(f"/improvements/{failing.id}").get_data(as_text=True).count("Seen &lt;b&gt;again&lt;/b&gt;.") == 3
    assert lena.post("/improvements/999/comments", data={"words": "x"}).status_code == 404


@pytest.mark.parametrize("words", ["", " \n ", "x" * 2001])
def test_an_empty_or_endless_comment_is_refused_at_its_field(failing, lena, words):  # noqa: F811
    refused = lena.post(f"/improvements/{failing.id}/comments", data={"words": words})

    assert refused.status_code == 422 and error_at(refused, "words")
    assert typed_in(refused, "words").strip() == words.strip()
    answer = lena.post(f"/api/v1/improvements/{failing.id}/comments", json={"words": words})
    assert (answer.status_code, answer.get_json()["errors"][0]["path"]) == (422, "words")


def test_the_api_takes_comments_too(failing, lena, otto):  # noqa: F811
    answer = lena.post(f"/api/v1/improvements/{failing.id}/comments", json={"words": "Two lines.\nReally."})

    assert answer.status_code == 201
    assert (answer.get_json()["words"], answer.get_json()["author"]) == ("Two lines.\nReally.", "Lena")
    address = f"/api/v1/improvements/{failing.id}/comments"
    assert otto.post(address, json={"words": "x"}).get_json()["code"] == "not_allowed"
    assert lena.post(address, json={"words": 7}).status_code == 422


def the_comment():
    db.session.rollback()
    return db.session.query(ImprovementEvent).filter_by(kind="comment").one()


def test_ones_own_comment_can_be_taken_back_for_ten_minutes(failing, lena, anna):  # noqa: F811
    lena.post(f"/improvements/{failing.id}/comments", data={"words": "Too soon."})
    address = f"/improvements/{failing.id}/comments/{the_comment().id}"
    assert "Take it back" not in text_of(anna.get(f"/improvements/{failing.id}"))
    assert anna.post(address).status_code == 403
    with writing():
        the_comment().at = clock.now() - SECOND_THOUGHTS - timedelta(seconds=1)
        db.session.commit()
    late = lena.post(address)
    assert late.status_code == 422 and "this one stays" in text_of(late)
    with writing():
        the_comment().at = clock.now()
        db.session.commit()

    for _ in range(2):
        assert lena.post(address).status_code == 303

    page = text_of(lena.get(f"/improvements/{failing.id}"))
    assert "Too soon." not in page and "Lena took a comment back." in page
    assert the_comment().words is None


@pytest.mark.parametrize(
    ("kind", "state", "en", "zh"),
    [
        ("state", "verifying", "The first visit since the fix has come.", "改进后的第一次随行已完成。"),
        ("state", "verified", "The visits since the fix show that it is better.", "改进后的随行表明情况确有好转。"),
        (
            "state",
            "reopened",
            "The visits since the fix do not show that it is better.",
            "改进后的随行未能表明情况好转。",
        ),
        ("relapse", "reopened", "What was proven is lost again.", "已证实的成效又丢失了。"),
    ],
)
def test_a_step_that_nobody_took_says_why_it_came(kind, state, en, zh):
    event = Event(clock.now(), "", kind, "verifying", state, "")
    assert plain(told(event, SERVED), "en") == en
    assert plain(told(event, SERVED), "zh") == zh
    assert told(Event(clock.now(), "Li Wei", "state", "accepted", "in_progress", ""), SERVED) is None
