"""Which three questions a week asks, and that it goes on asking the same."""

from datetime import UTC, datetime, timedelta

from shadowing.summary.questions.week import IMPROVEMENT, PROMISE, Candidate, questions_of_week

START = datetime(2026, 11, 2, tzinfo=UTC)


def item(ref, touchpoint=0, **fields):
    return Candidate(IMPROVEMENT, ref, touchpoint or int(ref), **fields)


def serious(ref, days):
    return item(ref, serious=True, since=START + timedelta(days=days))


def promise(ref, touchpoint=90):
    return Candidate(PROMISE, ref, touchpoint)


def asked(candidates, already=()):
    return [ref for _kind, ref in questions_of_week(candidates, already)]


def test_the_order_of_the_backlog_and_never_more_than_three():
    assert asked([item("4"), item("2"), item("9"), item("1")]) == ["4", "2", "9"]
    assert asked([item("4")]) == ["4"] and asked([]) == []


def test_what_is_serious_and_waits_longest_comes_first_and_the_others_last():
    assert asked([item("4"), serious("7", 3), item("2"), serious("8", 1), item("5")]) == ["8", "4", "2"]
    assert asked([serious("7", 3), serious("8", 1), item("4")]) == ["8", "4", "7"]


def test_a_promise_that_is_broken_has_the_last_place():
    assert asked([item("4"), item("2"), item("9"), promise("90:a"), promise("91:b")]) == ["4", "2", "90:a"]
    assert asked([promise("90:a"), promise("91:b")]) == ["91:b", "90:a"]


def test_each_touchpoint_once_before_any_twice():
    assert asked([item("4", 1), item("2", 1), item("9", 2), item("5", 3)]) == ["4", "9", "5"]
    assert asked([item("4", 1), item("2", 1), promise("1:a", 1)]) == ["4", "2", "1:a"]


def test_what_was_asked_stays_asked_and_a_place_that_is_left_is_filled():
    kept = ((IMPROVEMENT, "9"), (PROMISE, "90:a"))
    assert asked([item("4"), promise("91:b"), item("2")], kept) == ["9", "90:a", "4"]
    assert asked([item("4")], (*kept, (IMPROVEMENT, "1"))) == ["9", "90:a", "1"]
