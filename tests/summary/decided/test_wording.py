"""What became of a decision, in words."""

import pytest

from shadowing.backlog.decisions.figures import DecidedOn, DecisionRow
from shadowing.core import clock
from shadowing.core.sentences import plain
from shadowing.scoring.shapes import Estimate
from shadowing.summary.decided.figures import DecisionsPage, Fate, RegisterRow, outcome_of
from shadowing.summary.decided.wording import became, how_many

WELL = DecidedOn(Estimate(2.5, 0.2, 4.0), "utility", 38, "A")
BARELY = DecidedOn(Estimate(2.5, 0.2, 4.0), "utility", 2, "D")


def row(option, outcome):
    decision = DecisionRow(
        "improvement", option, None, {"en": "Till", "zh": "收银"}, "counter", "Worth it.", "Lena", clock.now()
    )
    return RegisterRow(decision, Fate(outcome))


@pytest.mark.parametrize(
    ("option", "state", "cited", "relapsed", "outcome"),
    [
        ("yes", "verified", WELL, False, "proven"),
        ("yes", "reopened", WELL, True, "fell_back"),
        ("yes", "reopened", WELL, False, "not_better"),
        ("no", "declined", WELL, False, "declined"),
        ("no", "declined", BARELY, False, "too_little"),
        ("no", "declined", None, False, "too_little"),
        ("ask", "proposed", WELL, False, "unanswered"),
        ("yes", "proposed", WELL, False, "open"),
        ("keep", None, None, False, "nothing"),
    ],
)
def test_what_became_of_it(option, state, cited, relapsed, outcome):
    assert outcome_of(option, state, cited, relapsed, replied=False) == outcome


def test_fates_in_words():
    before, after = Estimate(3.32, 0.2), Estimate(3.76, 0.2)
    assert plain(became(Fate("proving", "verifying", 3, 8)), "en") == "Being proven, 3 of 8 visits"
    assert plain(became(Fate("proven", "verified", before=before, after=after)), "en") == "Proven: 58 to 69"
    assert plain(became(Fate("working", "accepted")), "en") == "Accepted, nobody owns it"


def test_the_sentence_over_the_register():
    rows = (row("yes", "proven"), row("no", "too_little"), row("ask", "unanswered"))
    assert plain(how_many(DecisionsPage(rows)), "en") == (
        "3 answers: one yes, one no, one asked back. Of them one is proven, one was decided on too little."
    )
    assert plain(how_many(DecisionsPage(())), "en") == "Nothing was decided under a name yet."
    assert plain(how_many(DecisionsPage((), whole=2)), "en") == "None of these."
