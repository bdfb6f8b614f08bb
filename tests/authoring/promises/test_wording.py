"""What is said of promises follows from what was seen of them."""

from datetime import UTC, datetime

import pytest

from shadowing.authoring.promises.pages import Promise, PromiseOutcome, RegisterPage
from shadowing.authoring.promises.rules import PromiseCounts
from shadowing.authoring.promises.wording import (
    decided,
    how_it_was_kept,
    how_many_broken,
    how_often_seen,
    what_keeping_does,
)
from shadowing.core.sentences import plain

WORDS = {"en": "Here by ten", "zh": "十点前到"}
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OFTEN = PromiseCounts(kept=2, broken=38, not_seen=1, days=("2026-11-02", "2026-11-19"))


def promise(seen=OFTEN, source="advert", decision=None):
    return Promise(7, "k", WORDS, None, source, "utility", 1, WORDS, WORDS, ("counter",), None, seen, decision)


def page(*promises):
    return RegisterPage(promises, None, (), {}, (), ())


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (promise(), "open since 2 Nov"),
        (promise(PromiseCounts(kept=60)), "kept"),
        (promise(PromiseCounts(kept=1)), "too few to say"),
        (promise(PromiseCounts()), "to be probed"),
        (promise(PromiseCounts(), source="friends"), "whose is it?"),
        (promise(decision=PromiseOutcome(1, "keep", "", "Wei Lin", NOON, None)), "keep it · Wei Lin"),
        (promise(decision=PromiseOutcome(1, "correct", "", "Wei Lin", NOON, None)), "correct it · Wei Lin"),
    ],
)
def test_where_it_stands(one, said):
    assert plain(decided(one), "en") == said


def test_how_it_was_kept():
    assert plain(how_it_was_kept(promise(), 180), "en") == (
        "Kept 2, broken 38, not seen 1 times in 180 days. Broken on 2 days, last on 19 Nov. "
        "We promise more than we keep."
    )
    assert plain(how_it_was_kept(promise(PromiseCounts()), 180), "en") == "Nobody has seen yet whether it is kept."
    assert [plain(how_often_seen(promise(PromiseCounts(kept=n))), "en") for n in (0, 1, 3)] == [
        "not seen yet",
        "seen once",
        "seen 3 times",
    ]


def test_the_register_opens_with_how_many_are_broken():
    end = "A promise is kept or corrected; nothing else."
    assert plain(how_many_broken(page()), "en") == end
    assert plain(how_many_broken(page(promise(PromiseCounts(kept=60)))), "en") == (
        f"No promise is surely broken too often. {end}"
    )
    assert plain(how_many_broken(page(promise(), promise(PromiseCounts(), source="friends"))), "en") == (
        f"1 of 2 promises is broken more often than it should be. One was made by nobody we know. {end}"
    )


def test_what_keeping_does():
    assert [plain(what_keeping_does(n), "en") for n in (0, 1, 2)] == [
        "Opens an improvement with this evidence.",
        "Joins the improvement that is open there.",
        "Joins the first of 2 improvements that are open there.",
    ]
