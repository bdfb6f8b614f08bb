"""How far a target reaches is said by number."""

import pytest

from shadowing.authoring.goals.wording import each_of_us, how_many_follow, how_many_have_their_own, saved
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


def test_once_is_said_as_once():
    assert plain(each_of_us(1, "a month"), "en") == "Each of us once a month"
    assert plain(each_of_us(3, "a month"), "en") == "Each of us 3 times a month"
