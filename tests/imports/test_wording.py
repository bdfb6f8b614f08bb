"""What is said of an import follows from its counts."""

from datetime import UTC, datetime

import pytest

from shadowing.core.sentences import plain
from shadowing.imports.figures import DraftPage, ShownColumns
from shadowing.imports.guess_columns import Column
from shadowing.imports.wording import (
    cells,
    how_many_are_in,
    how_many_questions,
    how_many_refused,
    state_told,
    steps,
    to_import,
)

OUTCOME = {"rows": 1200, "new": 1, "known": 1100, "refused": 1, "ratings": 9, "not_marks": 2, "refusals": []}
COLUMN = Column("Manner", kind="rating")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def page(questions=(), state="matching"):
    columns = (COLUMN, Column("Other"))
    asked = tuple((0, COLUMN, what) for what in questions)
    shown = ShownColumns(tuple(enumerate(columns)), len(columns), 1, 1, "", "")
    return DraftPage(
        1,
        "a.csv",
        "A",
        None,
        "",
        1200,
        state,
        None,
        0,
        None,
        columns,
        shown,
        asked,
        OUTCOME,
        (),
        "",
        NOON,
        "Wei",
        False,
    )


def english(told):
    return plain(told, "en")


@pytest.mark.parametrize(
    ("questions", "said", "left"),
    [
        ((), "0 questions", "all answered"),
        (("scale",), "One question", "one open"),
        (("scale", "scale", "format"), "2 questions", "3 open"),
    ],
)
def test_what_is_asked_once_for_several_columns_is_one_question(questions, said, left):
    assert english(how_many_questions(page(questions))) == said
    assert english(steps(page(questions))[2][1]) == left


def test_each_step_says_how_far_it_is():
    told = [(english(name), english(note) if note else "") for name, note in steps(page())]

    assert told[:2] == [("File", "1,200 rows"), ("Match", "1 of 2 columns")] and told[3] == ("Result", "")


def test_rows_are_counted_before_and_after():
    assert english(to_import(OUTCOME)) == "Import one row"
    assert english(how_many_are_in(OUTCOME)) == "1,101 of 1,200 rows are in"
    assert english(how_many_refused(page())) == "One row would be refused"
    assert english(how_many_refused(page(state="done"))) == "One row was refused"


@pytest.mark.parametrize("state", ["done", "waiting", "taken_back", "matching", "failed"])
def test_a_file_says_where_it_is(state):
    assert english(state_told(state)) and plain(state_told(state), "zh") != english(state_told(state))


def test_odd_values_say_how_often_they_stand_there():
    assert [plain(cells(count), "en") for count in (1, 1200)] == ["one cell", "1,200 cells"]
