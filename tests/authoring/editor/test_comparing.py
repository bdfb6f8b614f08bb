"""Personas are compared with intervals; chance alone makes no difference."""

import pytest

from shadowing.authoring.editor.comparing import PersonaRatings, differing, share_of
from shadowing.scoring.statistics.proportions import wilson


def test_only_intervals_that_do_not_touch_are_a_difference():
    cells = [PersonaRatings("old", "till", "utility", 2, 20), PersonaRatings("young", "till", "utility", 18, 20)]

    found = differing(cells)

    assert [(each.persona, each.worse) for each in found] == [("old", True), ("young", False)]
    assert (found[0].own, found[0].others) == (wilson(2, 20), wilson(18, 20))


@pytest.mark.parametrize(
    "cells",
    [
        [PersonaRatings("old", "till", "utility", 0, 4), PersonaRatings("young", "till", "utility", 40, 40)],
        [PersonaRatings("old", "till", "utility", 0, 40), PersonaRatings("young", "till", "utility", 4, 4)],
        [PersonaRatings("old", "till", "utility", 9, 20), PersonaRatings("young", "till", "utility", 11, 20)],
        [PersonaRatings("old", "till", "utility", 0, 20), PersonaRatings("young", "till", "delight", 20, 20)],
        [PersonaRatings("old", "till", "utility", 0, 20)],
        [],
    ],
)
def test_too_few_too_close_or_alone_is_none(cells):
    assert differing(cells) == []


def test_below_five_answers_there_is_no_share():
    assert share_of({"yes": 4}, ("yes",)) is None
    assert share_of({"yes": 4, "no": 1}, ("yes",)) == wilson(4, 5)
