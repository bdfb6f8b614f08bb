"""Which state may follow which, and what each step asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from shadowing.core.vocabulary import ImprovementState, Level

#: By a person. Shipped -> verifying, verified and some reopenings follow from what is seen (METHOD 6).
STEPS_BY_HAND: Mapping[ImprovementState, tuple[ImprovementState, ...]] = {
    "proposed": ("accepted", "declined"),
    "accepted": ("in_progress", "declined"),
    "in_progress": ("shipped", "accepted", "declined"),
    "shipped": ("in_progress", "reopened"),  # taken back, while nobody has seen it
    "verifying": ("reopened",),
    "verified": ("reopened", "shipped"),  # a pilot is rolled out
    "reopened": ("in_progress", "declined"),
    "declined": ("proposed",),
    "merged": (),
}
#: What a step needs to be said with it: field name by target state.
NEEDED: Mapping[ImprovementState, str] = {"accepted": "owner", "declined": "reason", "reopened": "reason"}


def may_follow(state: ImprovementState, wanted: ImprovementState) -> bool:
    return wanted in STEPS_BY_HAND[state]


def silenced(declined: list[tuple[int, Level]], epoch: int, level: Level, levels: tuple[Level, ...]) -> bool:
    """Whether earlier refusals keep a new item away: same epoch, and no lower level than was declined.

    declined: (epoch, level) of declined items of the area; levels: base first.
    """
    return any(was == epoch and levels.index(level) >= levels.index(refused) for was, refused in declined)
