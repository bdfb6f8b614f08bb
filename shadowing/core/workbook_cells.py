"""The cells of a sheet: from the XML of one row to a list of texts and days."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Protocol

from shadowing.core.table_ceilings import Ceilings, Cell
from shadowing.core.table_errors import BadFile
from shadowing.core.workbook_xml import Attributes, BrokenXml, Handler

DIGITS = "0123456789"
MOST_FORMATS = 2**16
#: Built-in formats of days and moments; from 27 and 50 on those of Chinese, Japanese and Korean programs.
DAYS_BUILT_IN = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
#: In a format, what is only shown: quoted, escaped, and in brackets colours and conditions, but not [h].
ONLY_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
COLUMN = {chr(65 + n): n + 1 for n in range(26)}
LONGEST_COLUMN = 7


class Texts(Protocol):
    def __getitem__(self, number: int, /) -> str: ...


class Formats(Handler):
    """xl/styles.xml: which styles of cells show a day. [n] -> whether style n does."""

    def __init__(self, since_1904: bool) -> None:
        self.origin = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
        self._of_days: dict[str, bool] = {}
        self._styles: list[bool] = []
        self._in_cells = False

    def __getitem__(self, style: str | None) -> bool:
        return style is not None and self._styles[int(style)] if self._styles else False

    def begin(self, tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            self._of_days[attributes["numFmtId"]] = shows_days(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            self._in_cells = True
        elif tag == "xf" and self._in_cells:
            id = attributes.get("numFmtId", "0")
            self._styles.append(self._of_days[id] if id in self._of_days else int(id) in DAYS_BUILT_IN)
        if len(self._styles) + len(self._of_days) > MOST_FORMATS:
            raise BrokenXml("too many formats")

    def finish(self, tag: str) -> None:
        if tag == "cellXfs":
            self._in_cells = False

    def moment(self, serial: float) -> Cell:
        """What a number shows as in such a style: a day, or a time of day below one."""
        if 0 <= serial < 1:
            shown = (datetime.min + timedelta(seconds=round(serial * 86_400))).time()
            return str(shown) if serial < 0.999995 else str(time(23, 59, 59))
        if 1 <= serial < 60 and self.origin.year == 1899:
            serial += 1  # spreadsheets believe in 29 February 1900
        try:
            return (self.origin + timedelta(days=serial)).date()
        except OverflowError:
            return "#VALUE!"


def shows_days(code: str) -> bool:
    """Whether a number format shows a day or a time."""
    plain = ONLY_SHOWN.sub("", code.partition(";")[0][:1000]).lower()
    return plain != "general" and any(sign in plain for sign in "dmyhs")


class Sheet(Handler):
    """xl/worksheets/sheetN.xml: whole rows, to be taken after each piece. number: of the row being read."""

    def __init__(self, name: str, ceilings: Ceilings, texts: Texts, formats: Formats) -> None:
        self._name, self._ceilings, self._texts, self._formats = name, ceilings, texts, formats
        #: A number stands for as many empty rows.
        self._rows: list[list[Cell] | int] = []
        self._cells: list[Cell] = []
        self._at = self._widest = self._length = 0
        self.number = 0
        self._type, self._style = "n", ""
        self._taking = self._spoken = self._in_row = self._in_cell = self._unsaid = False
        self._parts: list[str] = []
        self._columns: dict[str, int] = {}

    def taken(self) -> Iterator[list[Cell]]:
        rows, self._rows = self._rows, []
        for row in rows:
            if isinstance(row, int):
                yield from ([] for _ in range(row))
            else:
                yield row

    def start(self, tag: str, attributes: Attributes) -> None:
        """A sheet has millions of these two; everything else goes the long way, where names lose their prefix."""
        if tag == "v" and self._in_cell and not self._taking:
            self._taking = True
        elif tag == "c" and self._in_row and not self._in_cell:
            self._begin_cell(attributes)
        else:
            super().start(tag, attributes)

    def text(self, text: str) -> None:
        if self._taking:
            self._parts.append(text)
            if len(self._parts) > 1 or len(text) > self._ceilings.cell:
                self._refuse_long()

    def end(self, tag: str) -> None:
        if tag == "v" and self._taking:
            self._taking = False
        elif tag == "c" and self._in_cell:
            self._end_cell()
        else:
            super().end(tag)

    def begin(self, tag: str, attributes: Attributes) -> None:
        if tag == "row":
            self._begin_row(attributes.get("r"))
        elif tag == "c" and self._in_row and not self._in_cell:
            self._begin_cell(attributes)
        elif tag in ("v", "t"):
            self._taking = self._in_cell and not self._spoken
        elif tag == "rPh":
            self._spoken = True  # how Japanese or Chinese is read aloud, beside the text

    def finish(self, tag: str) -> None:
        if tag == "row" and self._in_row:
            self._end_row()
        elif tag == "c" and self._in_cell:
            self._end_cell()
        elif tag in ("v", "t"):
            self._taking = False
        elif tag == "rPh":
            self._spoken = False

    def _begin_cell(self, attributes: Attributes) -> None:
        self._at = self._column(attributes["r"]) if "r" in attributes else self._at + 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._parts, self._in_cell = [], True

    def _end_cell(self) -> None:
        self._in_cell = self._taking = False
        if self._parts:
            text = self._parts[0] if len(self._parts) == 1 else "".join(self._parts)
            self._put(self._number(text) if self._type == "n" else self._value(text))

    def _refuse_long(self) -> None:
        self._parts = ["".join(self._parts)] if len(self._parts) > 100 else self._parts
        if sum(map(len, self._parts)) > self._ceilings.cell:
            raise BadFile("long_cell", row=f"{self.number:,}", limit=f"{self._ceilings.cell:,}")

    def _begin_row(self, said: str | None) -> None:
        if self._in_row:
            raise BrokenXml("a row in a row")
        self._cells, self._at, self._widest, self._length, self._in_row = [], 0, 0, 0, True
        self._reach(int(said) if said else self.number + 1)
        self._unsaid = not said

    def _reach(self, number: int) -> None:
        """Go to a row; those between are empty."""
        if number <= self.number:
            raise BrokenXml("rows out of order")
        if number > self._ceilings.rows + 1:
            raise BadFile("sheet_extent", file=self._name, found=f"{number:,}", limit=f"{self._ceilings.rows:,}")
        if number > self.number + 1:
            self._rows.append(number - self.number - 1)
        self.number = number

    def _end_row(self) -> None:
        if self._widest:
            found, limit = f"{self._widest:,}", f"{self._ceilings.columns:,}"
            raise BadFile("more_columns", row=f"{self.number:,}", found=found, limit=limit)
        self._rows.append(self._cells)
        self._in_row = False

    def _column(self, reference: str) -> int:
        """1 for A. Where the row does not say its number, its cells do."""
        letters = reference.rstrip(DIGITS)
        if self._unsaid:
            self._unsaid = False
            said = int(reference[len(letters) :] or self.number)
            if said != self.number:
                self._reach(said)
        return self._columns.get(letters) or self._new_column(letters)

    def _new_column(self, letters: str) -> int:
        if not 0 < len(letters) <= LONGEST_COLUMN:
            raise BrokenXml("no column")
        number = 0
        for letter in letters:
            number = number * 26 + COLUMN[letter]
        if number <= self._ceilings.columns:
            self._columns[letters] = number
        return number

    def _put(self, value: Cell) -> None:
        if value == "":
            return
        if self._at > self._ceilings.columns:
            self._widest = max(self._widest, self._at)
            return
        if isinstance(value, str):
            self._length += len(value)
            if self._length > self._ceilings.row:  # before the row ends, which it need not
                raise BadFile("endless_cells", row=f"{self.number:,}", limit=f"{self._ceilings.row:,}")
        missing = self._at - len(self._cells)
        if missing == 1:
            self._cells.append(value)
        else:
            self._cells += [""] * missing
            self._cells[self._at - 1] = value

    def _value(self, text: str) -> Cell:
        match self._type:
            case "s":
                return self._texts[int(text)]
            case "b":
                return "True" if text.strip() in ("1", "true") else "False"
            case "d":
                return date.fromisoformat(text.strip()[:10])
        return text

    def _number(self, text: str) -> Cell:
        if self._style and self._formats[self._style]:
            return self._formats.moment(float(text))
        if len(text) < 16 and text.isascii() and text.isdigit():
            return str(int(text))
        number = float(text)
        if not math.isfinite(number):
            raise BrokenXml("no number")
        return str(int(number)) if number.is_integer() else str(number)
