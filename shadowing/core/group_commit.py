"""Many requests, one transaction: whoever holds the write lock takes along all that wait, and one fsync serves them.

First come, first served. A request is answered only after the commit that holds its rows. What spoils the common
transaction is done again alone, so that it spoils nothing of the others.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeVar, cast

from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError

from shadowing.core.database import db, is_outage, lost_a_race

Item = TypeVar("Item")
Result = TypeVar("Result")
#: What is done with a list of items in one transaction: a result for each, in order. It does not commit.
Together = Callable[[Sequence[Item]], Sequence[Result]]


@dataclass(eq=False)
class Waiting:
    """A request before its turn. outcome: its result, or why the whole transaction failed; unless it goes alone."""

    together: Together[Any, Any]
    item: Any
    turn: threading.Event = field(default_factory=threading.Event)
    done: bool = False
    alone: bool = True
    outcome: Any = None


class GroupCommit:
    """The line before the write lock, one for each process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: list[Waiting] = []
        self._led = False

    def commit(self, together: Together[Item, Result], item: Item) -> Result:
        """Do it with whoever else waits, and commit. Raises what doing it alone raises."""
        mine = Waiting(together, item)
        with self._lock:
            self._line.append(mine)
            leads, self._led = not self._led, True
        if not leads:
            mine.turn.wait()
        if not mine.done:
            self._lead()
        if mine.alone:
            return _alone(together, item)
        if isinstance(mine.outcome, BaseException):
            raise mine.outcome
        return cast(Result, mine.outcome)

    def _lead(self) -> None:
        """Take all that wait, among them whoever leads; the first of those who came meanwhile leads next."""
        with self._lock:
            train, self._line = self._line, []
        try:
            _do(train)
        finally:
            for each in train:
                each.done = True
            with self._lock:
                self._led = bool(self._line)
                following = self._line[:1]
            for each in [*following, *train]:
                each.turn.set()


def grouped(app: Flask) -> None:
    """Give the app its line."""
    app.extensions["group_commit"] = GroupCommit()


def commit_together(together: Together[Item, Result], item: Item) -> Result:
    """As GroupCommit.commit, in the line of this app."""
    line: GroupCommit = current_app.extensions["group_commit"]
    return line.commit(together, item)


def _do(train: list[Waiting]) -> None:
    """One transaction for all; what failed is told to each, or left for each to do alone."""
    try:
        for together, some in _runs(train):
            for each, outcome in zip(some, together([each.item for each in some]), strict=True):
                each.outcome = outcome
        db.session.commit()
    except BaseException as error:
        db.session.rollback()
        if isinstance(error, DBAPIError) and is_outage(error) and not lost_a_race(error):
            for each in train:
                each.outcome, each.alone = error, False
        return
    for each in train:
        each.alone = False


def _runs(train: list[Waiting]) -> Iterator[tuple[Together[Any, Any], list[Waiting]]]:
    """Neighbours that want the same done, in the order they came."""
    for together, some in groupby(train, key=lambda each: each.together):
        yield together, list(some)


def _alone(together: Together[Item, Result], item: Item) -> Result:
    """In a transaction of its own; who lost a race once more finds the other's rows on a second try."""
    for last in (False, True):
        try:
            (result,) = together([item])
            db.session.commit()
            return result
        except DBAPIError as error:
            db.session.rollback()
            if last or not lost_a_race(error):
                raise
    raise AssertionError("never reached")
