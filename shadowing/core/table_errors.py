"""Everything that can be wrong with a file or a row: a sentence, and what one can do. Pure; pages translate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypedDict

from shadowing.core.gettext_noop import N_


class Why(NamedTuple):
    """A reason with its way out."""

    sentence: str
    remedy: str


AGAIN = N_("Correct it and import the file again; rows that are in stay in.")
ROW_REASONS: dict[str, Why] = {
    "cells": Why(N_("The row has %(found)s cells, the first line %(expected)s."), N_("Look for a stray separator.")),
    "twice": Why(N_("The same key, or the same content, stands in row %(first)s."), N_("Give it its own number.")),
    "no_key": Why(N_("The cell is blank, so the row cannot be told from others."), N_("Give it a number.")),
    "not_a_rating": Why(N_("This is neither a rating of this scale nor a declared not-mark."), AGAIN),
    "not_a_number": Why(N_("This is not a number."), AGAIN),
    "impossible_wait": Why(N_("No wait can be this long."), AGAIN),
    "too_long": Why(N_("%(found)s characters; at most 20,000 fit."), N_("Shorten the text.")),
    "not_a_date": Why(N_("This is not a date written %(format)s."), N_("Correct the date.")),
    "impossible_day": Why(N_("This day cannot be right."), N_("Correct the date.")),
    "unknown_site": Why(N_("No site has this name."), N_("Name it in the map.")),
    "other_site": Why(
        N_("This row does not name a site of yours."), N_("Name one, or ask whoever leads there to bring it in.")
    ),
    "nothing": Why(N_("Nothing was marked in this row."), N_("Nothing to do.")),
}
FILE_REASONS: dict[str, str] = {
    "broken_gzip": N_("%(file)s is not a whole gzip file. Pack it again."),
    "not_utf8": N_("Line %(line)s of %(file)s is not UTF-8. Save the file as CSV (UTF-8)."),
    "broken_csv": N_("Line %(line)s cannot be read as CSV: %(detail)s."),
    "broken_workbook": N_("%(file)s cannot be read as a workbook. Save it again as XLSX or CSV (UTF-8)."),
    "broken_sheet": N_(
        "%(file)s cannot be read as a workbook from row %(row)s on. Save it again as XLSX or CSV (UTF-8)."
    ),
    "unpacks_to": N_("%(file)s unpacks to %(found)s MB; at most %(limit)s MB are read. Save the sheet as CSV (UTF-8)."),
    "unpacks_to_more": N_(
        "%(file)s unpacks to more than %(limit)s MB, and no more is read. Split it into several files."
    ),
    "more_rows": N_("%(file)s has more than %(limit)s rows, and no more are read. Split it into several files."),
    "sheet_extent": N_(
        "%(file)s has a row with the number %(found)s; at most %(limit)s rows are read. Split it into several files, "
        "or delete what stands far below the table."
    ),
    "more_columns": N_("Row %(row)s has %(found)s columns; at most %(limit)s are read. Delete those you do not need."),
    "long_cell": N_(
        "A cell of row %(row)s holds more than %(limit)s characters. Shorten it, or close its quotation mark."
    ),
    "long_row": N_("Row %(row)s holds %(found)s characters; at most %(limit)s are read. Shorten its texts."),
    "endless_cells": N_("Row %(row)s holds more than %(limit)s characters. Shorten its texts."),
    "endless_row": N_(
        "The row that ends in line %(row)s, if it ends, holds more than %(limit)s characters. Is a quotation mark open?"
    ),
    "texts": N_("%(file)s holds %(found)s different texts; at most %(limit)s are read. Save the sheet as CSV (UTF-8)."),
    "more_texts": N_("%(file)s holds more than %(limit)s different texts. Save the sheet as CSV (UTF-8)."),
    "too_much_text": N_("%(file)s holds more than %(limit)s MB of text. Save the sheet as CSV (UTF-8)."),
    "long_text": N_("%(file)s holds a text of more than %(limit)s characters. Shorten it."),
    "too_much_memory": N_(
        "Reading %(file)s takes more memory than a file may. Save the sheet as CSV (UTF-8), or split it into several "
        "files."
    ),
    "takes_too_long": N_(
        "Reading %(file)s takes too long. Save the sheet as CSV (UTF-8), or split it into several files."
    ),
    "reading_broke_off": N_("Reading %(file)s broke off. Save it again as XLSX or CSV (UTF-8)."),
    "gave_up": N_(
        "This was tried five times and broke off for a reason that is not the file's; nothing was stored. Try again. "
        "If it breaks off again, tell whoever runs this installation: job %(job)s."
    ),
    "one_at_a_time": N_("Another file is being read just now. Try again in a minute."),
    "no_sheet": N_("The workbook has no sheet “%(sheet)s”. It has: %(sheets)s."),
    "empty": N_("%(file)s is empty."),
    "missing_columns": N_("The first line lacks %(columns)s. Is this the map for this file?"),
    "column_twice": N_("The column “%(column)s” stands twice in the first line. Rename one of them."),
    "does_not_fit": N_(
        "Row %(row)s, column “%(column)s”: “%(value)s” does not fit, and %(n)s of %(rows)s rows are like it. "
        "Is this the map for this file, and its scale the right one?"
    ),
    "undated": N_("Row %(row)s has no date. Say which day stands for it (--date YYYY-MM-DD)."),
    "impossible_date": N_("The day %(day)s cannot stand for the rows: it is to come, or too long ago."),
    "live_journey": N_("“%(journey)s” is a journey that people shadow. Give the imported rows a name of their own."),
    "map": N_("The map does not fit: %(detail)s"),
}


class BadFile(ValueError):
    """The file as a whole cannot be taken in. `str()` is the English sentence; pages translate `code`."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(FILE_REASONS[code] % details)
        self.code, self.details = code, details

    @property
    def status(self) -> int:
        """Of the answer, where a page says it: the file is at fault, or just now is not the time."""
        return 503 if self.code == "one_at_a_time" else 422

    def document(self) -> ComplaintDocument:
        return {"code": self.code, "details": {name: str(value) for name, value in self.details.items()}}


class RefusedRow(ValueError):
    """This row, because of this cell."""

    def __init__(self, code: str, column: str = "", value: str = "", **details: object) -> None:
        super().__init__(code)
        self.code, self.column, self.value, self.details = code, column, value[:80], details


class RefusalDocument(TypedDict):
    """A Refusal as it is kept. details: pairs of a name in the sentence and its value."""

    row: int
    code: str
    column: str
    value: str
    details: list[list[str]]


class ComplaintDocument(TypedDict):
    """A BadFile as it is kept."""

    code: str
    details: dict[str, str]


@dataclass(frozen=True)
class Refusal:
    """A row that stays out: its number in the file (the first line is 1), the cell at fault, and why."""

    row: int
    code: str
    column: str = ""
    value: str = ""
    details: tuple[tuple[str, str], ...] = ()

    def document(self) -> RefusalDocument:
        return {
            "row": self.row,
            "code": self.code,
            "column": self.column,
            "value": self.value,
            "details": [list(pair) for pair in self.details],
        }

    @property
    def reason(self) -> str:
        """The English sentence, naming column and value."""
        where = f"“{self.column}” holds “{self.value}”: " if self.column else ""
        return where + ROW_REASONS[self.code].sentence % dict(self.details)
