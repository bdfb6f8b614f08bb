"""/improvements.csv: the backlog as a table."""

from __future__ import annotations

from flask import Response, request
from flask_login import current_user

from shadowing.backlog.export.lines import lines_of_table
from shadowing.backlog.export.table import as_csv
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.i18n import language
from shadowing.core.routes import READERS, Routes
from shadowing.people import audit
from shadowing.people.reader import signed_in_reader
from shadowing.people.zones import home_zone

pages = Routes("export", __name__)


@pages.get("/improvements.csv", roles=READERS)
def improvements() -> Response:
    """What the filter of the list selects, one improvement a line. Who took it away is in the trail."""
    lines = lines_of_table(request.args, signed_in_reader(), language())
    text = "".join(as_csv(lines))
    _note_read(len(lines))
    day = clock.today(home_zone()).isoformat()
    reply = Response(text, mimetype="text/csv")
    reply.headers["Content-Disposition"] = f"attachment; filename=improvements-{day}.csv"
    return reply


def _note_read(count: int) -> None:
    person_id = current_user.id
    db.session.rollback()  # leave the reading transaction before taking the write lock
    with writing():
        audit.note("read", "improvements", "csv", {"lines": count}, by=person_id)
        db.session.commit()
