"""Participation: departments in order, small ones not counted, zeros shown (METHOD 7)."""

from shadowing.planning.participation.figures import Counted, participation

NURSING = {"en": "Nursing", "zh": "护理"}
BOARD = {"en": "Board", "zh": "董事会"}
IT = {"en": "IT", "zh": "信息"}
EMPTY = {"en": "Empty", "zh": "空"}


def test_the_most_visits_first_and_zeros_are_shown():
    page = participation(
        [Counted(IT, 4, 0, 0), Counted(NURSING, 12, 5, 9), Counted(BOARD, 2, 1, 40), Counted(EMPTY, 0, 0, 0)]
    )

    assert [(row.name["en"], row.active, row.visits, row.took_part) for row in page.departments] == [
        ("Nursing", 5, 9, True),
        ("Board", None, None, True),
        ("IT", 0, 0, False),
    ]
    assert (page.people, page.active, page.visits, page.took_part, page.widest) == (18, 6, 49, 2, 9)
    assert page.visits_each == 49 / 6


def test_nobody_yet():
    page = participation([Counted(NURSING, 3, 0, 0)])

    assert (page.took_part, page.visits_each, page.departments[0].visits) == (0, None, 0)
