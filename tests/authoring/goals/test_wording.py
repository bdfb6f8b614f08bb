"""How far a target reaches is said by number."""

import pytest

from shadowing.authoring.goals.wording import how_many_follow, how_many_have_their_own, saved
from shadowing.core.sentences import plain


@pytest.mark.parametrize(
    ("told", "one", "many"),
    [
        (how_many_follow, "One touchpoint follows.", "1,200 touchpoints follow."),
        (
            how_many_have_their_own,
            "One touchpoint has targets of its own",
            "1,200 touchpoints have targets of their own",
        ),
        (saved, "Saved. One touchpoint follows.", "Saved. 1,200 touchpoints follow."),
    ],
)
def test_touchpoints_are_counted(told, one, many):
    assert [plain(told(count), "en") for count in (1, 1200)] == [one, many]
