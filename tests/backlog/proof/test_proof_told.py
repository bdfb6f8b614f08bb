"""What a proof says, drawn and in words."""

from dataclasses import replace
from datetime import date

import pytest

from shadowing.backlog.proof.figures import ChangeFigure, PlannedHour, Proof, WhoSaw
from shadowing.backlog.proof.wording import (
    headline,
    none_planned,
    side_effects,
    the_sum,
    visits_to_go,
    what_was_found,
    who_saw_it,
)
from shadowing.core.sentences import plain

HOUR = PlannedHour(1, date(2026, 11, 24), "10:00", {"en": "Main", "zh": "总院"})


def kept(verdict, value=0.4, error=0.1, half=0.3, after=3.76):
    return {
        "verdict": verdict,
        "n": 8,
        "planned": 8,
        "value": value,
        "error": error,
        "half": half,
        "after": after,
    }


def told(sentences, language="en"):
    return " ".join(plain(each, language) for each in sentences)


def proof_of(verdict, **more):
    figure = ChangeFigure.of("utility", kept(verdict), 3.32)
    return replace(Proof(verdict, "utility", planned=8, done=8, change=figure, target=75), **more)


def test_the_sum_that_is_printed_comes_out():
    figure = ChangeFigure.of("utility", kept("improved"), 3.32)

    assert (figure.after, figure.before, figure.value, figure.elsewhere) == (69, 58, 10, 1)
    assert plain(the_sum(figure), "en") == "69 after − 58 before − 1 risen everywhere meanwhile = +10"
    fallen = ChangeFigure.of("utility", kept("improved", after=3.64), 3.32)
    assert plain(the_sum(fallen), "en") == "66 after − 58 before − (−2) risen everywhere meanwhile = +10"


@pytest.mark.parametrize(
    ("verdict", "target", "title"),
    [
        ("improved", 65, "It worked."),
        ("improved", 75, "It worked, and is not yet enough."),
        ("worse", 75, "It got worse."),
        ("no_relevant_change", 75, "No relevant change."),
        ("no_change_shown", 75, "No change shown."),
        ("fell_back", 60, "It worked, then it fell back."),
        ("unproven", 75, "The fix is not proven."),
        ("early", 75, "Too early to say."),
        ("afresh", 75, "There is nothing to compare with."),
    ],
)
def test_every_outcome_has_its_headline(verdict, target, title):
    proof = replace(proof_of("improved"), outcome=verdict, target=target)
    assert plain(headline(proof), "en") == title
    assert plain(headline(proof), "zh") != title
    assert told(what_was_found(proof)) != told(what_was_found(proof), "zh")


def test_before_the_last_visit_no_number_is_claimed():
    early = proof_of("improved", outcome="early", done=3, change=ChangeFigure.of("utility", kept("not_enough"), 3.32))

    said = told(what_was_found(early))
    assert said == "3 of 8 visits are in. A chance is given after the last one, none before."
    assert "10" not in said


def test_what_is_lacking_in_the_plan_is_counted():
    early = proof_of("improved", outcome="early", done=3, coming=(HOUR,))

    assert plain(visits_to_go(early), "en") == "5 visits to go"
    assert plain(none_planned(early), "en") == "4 more are needed."
    assert plain(none_planned(replace(early, coming=())), "en") == "It needs 5 visits, and none is planned."
    assert none_planned(replace(early, coming=(HOUR,) * 5)) is None


def test_a_scale_holds_the_whole_interval():
    wide = ChangeFigure.of("utility", kept("not_enough", half=1.5), 3.32)

    assert wide.span == 50
    assert [wide.at(points, wide.span) for points in (-50, 0, 25, 90)] == [0, 50, 75, 100]
    assert ChangeFigure.of("utility", kept("improved", value=0.1), 3.32).span == 30


def test_another_level_that_got_worse_is_a_side_effect():
    worse = ChangeFigure.of("delight", kept("worse", value=-0.8), 4.0)

    assert plain(side_effects(proof_of("improved", others=(worse,))), "en") == "Side effect: Delight got worse."
    better = ChangeFigure.of("delight", kept("improved"), 3.0)
    assert plain(side_effects(proof_of("improved", others=(better,))), "en") == "No side effect is shown."


def test_who_saw_it_tells_blind_visits_and_hours_and_what_proves_nothing():
    who = WhoSaw(8, 5, 3, 6, 2, ("09:10", "11:40"), ("08:00", "12:05"))
    said = [plain(each, "en") for each in who_saw_it(who)]

    assert said == [
        "5 observers from 3 departments",
        "Blind: 6 of 8 did not know of the fix",
        "Between 09:10 and 11:40; before it was between 08:00 and 12:05",
        "2 ratings of the owner or of whoever shipped it are scored, but prove nothing",
    ]
    assert [plain(each, "en") for each in who_saw_it(replace(who, departments=1, own=0, hours=None))] == [
        "5 observers",
        "Blind: 6 of 8 did not know of the fix",
    ]
