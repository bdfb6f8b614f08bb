"""Requests that wait share a transaction, and what spoils it spoils only itself."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.group_commit import commit_together
from shadowing.people.models import SignInTry
from tests.support.waiting import wait_until


@pytest.fixture
def together(app):
    """Does something with a list of items in threads of their own; what was done at once, by train."""
    trains: list[list[str]] = []
    first, go = threading.Event(), threading.Event()

    def note(items):
        trains.append(list(items))
        if len(trains) == 1:
            first.set()
            assert go.wait(20)
        if "outage" in items:
            raise OperationalError("", {}, sqlite3.OperationalError("disk I/O error"))
        if "bad" in items:
            raise ValueError("bad")
        for item in items:
            db.session.add(SignInTry(subject=item, at=clock.now()))
        return [f"{item} done" for item in items]

    def one(item):
        with app.app_context(), writing():
            try:
                return commit_together(note, item)
            finally:
                db.session.remove()

    def run(items):
        db.session.rollback()
        with ThreadPoolExecutor(len(items)) as pool:
            leader = pool.submit(one, items[0])
            assert first.wait(20)
            others = [pool.submit(one, item) for item in items[1:]]
            line = app.extensions["group_commit"]
            wait_until(lambda: len(line._line) == len(others), seconds=20)
            go.set()
        return [leader, *others]

    run.trains = trains
    return run


def kept():
    return set(db.session.scalars(select(SignInTry.subject)))


def test_all_that_wait_share_the_next_transaction(together):
    answers = together(["a", "b", "c", "d"])

    assert [answer.result() for answer in answers] == ["a done", "b done", "c done", "d done"]
    assert [sorted(train) for train in together.trains] == [["a"], ["b", "c", "d"]]
    assert kept() == {"a", "b", "c", "d"}


def test_what_spoils_it_fails_alone(together):
    answers = together(["a", "b", "bad", "c"])

    assert isinstance(answers[2].exception(), ValueError)
    assert [answers[n].result() for n in (0, 1, 3)] == ["a done", "b done", "c done"]
    assert kept() == {"a", "b", "c"}


def test_without_a_database_nobody_tries_in_vain_again(together):
    answers = together(["a", "outage", "b"])

    assert [type(answer.exception()) for answer in answers[1:]] == [OperationalError] * 2
    assert len(together.trains) == 2
    assert kept() == {"a"}


def test_different_work_shares_it_too(app):
    def counted(items, by):
        return [db.session.scalar(text("select 1")) * by for _ in items]

    with writing():
        assert commit_together(partial(counted, by=3), "x") == 3
