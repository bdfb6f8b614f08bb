"""From improvements to the columns of the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from shadowing.backlog.board.standing import COLUMNS, DROPPED, MOST_CARDS, PER_COLUMN, PER_LIST
from shadowing.backlog.brief import Brief
from shadowing.backlog.figures import BoardColumn, Card, ImprovementRow, Move
from shadowing.backlog.models import Improvement
from shadowing.backlog.shipping import pilot_sites
from shadowing.backlog.states import STEPS_BY_HAND
from shadowing.core.ids import our_id
from shadowing.core.vocabulary import ImprovementState
from shadowing.people.reader import Reader

ALWAYS_ASK = ("declined", "reopened", "shipped")


def in_columns(order: Iterable[Brief]) -> dict[ImprovementState, list[Brief]]:
    """By the first state of the column, in their order."""
    standing: dict[ImprovementState, list[Brief]] = {state: [] for state in COLUMNS}
    homes = {state: column for column, states in COLUMNS.items() for state in states}
    for item in order:
        if item.state in homes:
            standing[homes[item.state]].append(item)
    return standing


def shown_cards(standing: Mapping[ImprovementState, Sequence[Brief]], wanted: Mapping[str, str]) -> list[int]:
    """Ids of what the columns show. wanted: `column` and `upto`, of which more is to be shown."""
    return [item.id for state, items in standing.items() for item in items[: _most(state, wanted)]]


def columns(
    standing: Mapping[ImprovementState, Sequence[Brief]],
    rows: Mapping[Improvement, ImprovementRow],
    wanted: Mapping[str, str],
    reader: Reader,
) -> tuple[BoardColumn, ...]:
    """rows: at least of the cards that are shown."""
    cards = {item.id: _card(item, row, reader) for item, row in rows.items()}
    made = []
    for state, there in standing.items():
        most = _most(state, wanted)
        more = min(most + PER_COLUMN, MOST_CARDS) if most < min(len(there), MOST_CARDS) else None
        shown = tuple(cards[item.id] for item in there[:most])
        made.append(BoardColumn(state, shown, len(there), DROPPED[state], more))
    return tuple(made)


def shown_rows(wanted: Mapping[str, str]) -> int:
    """How many rows the list shows, as its address says."""
    return max(our_id(wanted.get("rows")) or PER_LIST, PER_LIST)


def _most(column: ImprovementState, wanted: Mapping[str, str]) -> int:
    if wanted.get("column") != column:
        return PER_COLUMN
    return min(max(our_id(wanted.get("upto")) or PER_COLUMN, PER_COLUMN), MOST_CARDS)


def _card(item: Improvement, row: ImprovementRow, reader: Reader) -> Card:
    follow = STEPS_BY_HAND[item.state] if reader.leads else ()
    if item.state == "verified" and not pilot_sites(item):
        follow = tuple(state for state in follow if state != "shipped")
    moves = tuple(Move(state, _at_once(row, state)) for state in follow)
    return Card(row, item.revision, item.owner.initials if item.owner else "", moves)


def _at_once(row: ImprovementRow, state: ImprovementState) -> bool:
    """Whether nothing more needs to be said for this step."""
    if state in ALWAYS_ASK:
        return False
    if state == "accepted":
        return row.owner is not None
    return not (state == "in_progress" and row.lenses is not None and row.lenses.tension == "conflict")
