"""From the list under its filters to the lines of the table."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shadowing.backlog.export.table import TableLine
from shadowing.backlog.models import Improvement
from shadowing.backlog.pages import backlog_page
from shadowing.core.database import db
from shadowing.people.reader import Reader


def lines_of_table(wanted: Mapping[str, str], reader: Reader, language: str) -> list[TableLine]:
    """What the filter selects, as the list has it: open ones in their order, then proven, then declined.

    All of them, however many the list shows at once. Raises not_found for a filter that is not there.
    """
    page = backlog_page(
        {name: said for name, said in wanted.items() if name not in ("view", "rows")}, reader, whole=True
    )
    places = {row.id: place for place, row in enumerate(page.open, 1) if row.snoozed_until is None}
    query = select(Improvement).options(selectinload(Improvement.steps))
    items = {str(item.id): item for item in db.session.scalars(query)}
    return [TableLine(items[id], page.rows[id], places.get(id), language) for id in page.whole]
