"""/improvements.csv: the backlog as a table."""

from __future__ import annotations

from flask import Response, request

from shadowing.backlog.export.lines import lines_of_table
from shadowing.backlog.export.table import rows_of
from shadowing.core import clock
from shadowing.core.i18n import language
from shadowing.core.routes import READERS, Routes
from shadowing.core.tables import as_csv
from shadowing.people import audit
from shadowing.people.reader import signed_in_reader
from shadowing.people.zones import home_zone

pages = Routes("export", __name__)


@pages.get("/improvements.csv", roles=READERS)
def improvements() -> Response:
    """What the filter of the list selects, one improvement a line. Who took it away is in the trail."""
    lines = lines_of_table(request.args, signed_in_reader(), language())
    text = as_csv(rows_of(lines))
    audit.note_read("improvements", "csv", {"lines": len(lines)})
    day = clock.today(home_zone()).isoformat()
    reply = Response(text, mimetype="text/csv")
    reply.headers["Content-Disposition"] = f"attachment; filename=improvements-{day}.csv"
    return reply
