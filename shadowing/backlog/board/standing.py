"""The columns of the board, and what stands in each. Pure."""

from __future__ import annotations

from shadowing.core.vocabulary import ImprovementState

#: Columns by their first state, which also names them; what stands in each.
COLUMNS: dict[ImprovementState, tuple[ImprovementState, ...]] = {
    "proposed": ("proposed", "reopened"),
    "accepted": ("accepted",),
    "in_progress": ("in_progress",),
    "shipped": ("shipped", "verifying"),
    "verified": ("verified",),
}
#: What a card moves to when it is dropped on a column.
DROPPED: dict[ImprovementState, tuple[ImprovementState, ...]] = {**COLUMNS, "shipped": ("shipped",), "verified": ()}
#: So many cards a column at first, so many more each time, and so many at most.
PER_COLUMN = 25
MOST_CARDS = 500
#: So many rows the list shows at first, and so many more each time.
PER_LIST = 200
