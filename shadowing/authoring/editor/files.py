"""A journey from a file and into one: JSON, CSV or XLSX by one door; what is wrong comes as sentences."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

from flask_babel import gettext as _

from shadowing.authoring.editor.journey_file import PLAIN, BadJourney, complete, read_journey_file, write_journey_file
from shadowing.authoring.editor.sheet import write_csv, write_xlsx
from shadowing.authoring.editor.sheet_reading import REASONS, BadRow, BadSheet, read_sheet
from shadowing.core.database import db
from shadowing.core.table_errors import FILE_REASONS, BadFile
from shadowing.core.tables import IN_A_REQUEST, Source, read_table
from shadowing.journeys.editing import Draft

MOST_BYTES = 4 * 2**20
MIME = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class UnreadableFile(ValueError):
    """Nothing of the file was kept; `sentences` say why, in the reader's language. status: of the answer."""

    def __init__(self, sentences: list[str], status: int = 422) -> None:
        super().__init__(sentences[0])
        self.sentences, self.status = sentences, status


def write_file(draft: Draft, kind: str) -> bytes:
    """kind: one of MIME."""
    if kind == "csv":
        return write_csv(draft)
    if kind == "xlsx":
        return write_xlsx(draft)
    return (json.dumps(write_journey_file(draft), ensure_ascii=False, indent=1) + "\n").encode()


def read_file(file: Any) -> Draft:
    """An uploaded file (werkzeug) as a draft with the keys it names. Raises UnreadableFile.

    Nothing may have been written yet: reading ends the transaction, or whoever writes would wait for it.
    """
    db.session.rollback()
    raw = file.read(MOST_BYTES + 1)
    file.close()
    if len(raw) > MOST_BYTES:
        raise UnreadableFile([_("This file is larger than 4 MB.")])
    source = Source((file.filename or "")[:120].replace("\x00", ""), raw)
    if source.is_workbook or source.name.lower().endswith((".csv", ".xlsx")):
        return _from_sheet(source)
    try:
        return read_journey_file(json.loads(raw))
    except BadJourney as bad:
        raise UnreadableFile([_of_part(path, why) for path, why in bad.errors]) from bad
    except (ValueError, RecursionError) as error:  # also a number of more digits than Python reads
        raise UnreadableFile(
            [_("This file is no journey that can be read: neither JSON nor a spreadsheet.")]
        ) from error


def _from_sheet(source: Source) -> Draft:
    try:
        with closing(read_table(source, _delimiter(source), ceilings=IN_A_REQUEST)) as table:
            draft = read_sheet(table)
    except BadFile as bad:
        raise UnreadableFile([_(FILE_REASONS[bad.code], **bad.details)], bad.status) from bad
    except BadSheet as bad:
        raise UnreadableFile([_of_row(row) for row in bad.rows]) from bad
    complete(draft)
    return draft


def _delimiter(source: Source) -> str:
    """Some spreadsheets separate by semicolon, whatever the name of the format says."""
    first = source.raw[:2000].split(b"\n", 1)[0]
    return max(",;\t", key=lambda sign: first.count(sign.encode()))


def _of_row(row: BadRow) -> str:
    why = _(REASONS[row.why]) % {"value": row.value}
    return (
        _("Row %(row)s, column %(column)s: %(why)s", row=row.number, column=row.column, why=why) if row.number else why
    )


def _of_part(path: str, why: str) -> str:
    return f"{path}: {_(PLAIN[why])}" if path else _(PLAIN[why])
