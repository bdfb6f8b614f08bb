"""What the page of a spreadsheet sends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError

from shadowing.core import clock
from shadowing.core.forms import PageForm
from shadowing.core.ids import our_id
from shadowing.core.table_errors import ROW_REASONS
from shadowing.core.text import one_line
from shadowing.imports.parse_rows import EARLIEST
from shadowing.people.zones import zones

_OF_A_COLUMN = re.compile(r"all-scale|c[0-9]+-.*", re.S)


def _tidy(name: str) -> str:
    return one_line(name)[:120]


class ColumnsForm(PageForm):
    """Which columns are shown. only: `open` for those with questions; page: 1, 2, …"""

    q = StringField(_l("Columns whose name has"), filters=[_tidy], default="")
    page = StringField(default="")
    only = StringField(default="")


class MatchForm(ColumnsForm):
    """step: try, import, or go to other columns. answers: about the columns shown; answers.py understands them.

    go: which page of columns to show next, or `find` or `open`; what was said on this one is kept.
    """

    journey_name = StringField(_l("Journey these rows belong to"), filters=[_tidy], default="")
    day = StringField(_l("Day that stands for all rows"), default="")
    step = StringField(default="try")
    go = StringField(default="")

    def __init__(self, said: Any = None, **kept: Any) -> None:
        super().__init__(said, **kept)
        self.on: date | None = None
        self.answers: Mapping[str, str] = {
            name: text for name, text in (said or {}).items() if _OF_A_COLUMN.fullmatch(name)
        }

    def validate_day(self, field: Any) -> None:
        said, impossible = (field.data or "").strip(), ROW_REASONS["impossible_day"].sentence
        try:
            self.on = clock.parse_day(said) if said else None
        except ValueError as error:
            raise ValidationError(_("Write the day as YYYY-MM-DD.")) from error
        if self.on is not None and not EARLIEST <= self.on <= zones().latest_day(clock.now()):
            self.on = None
            raise ValidationError(_(impossible))

    def view(self) -> dict[str, str]:
        """The query of the page to show next."""
        go, q, only = self.go.data or "", self.q.data or "", self.only.data or ""
        page = go if our_id(go) else "" if go else self.page.data or ""
        said = {"q": "" if go == "open" else q, "only": "open" if "open" in (go, only) and go != "find" else ""}
        return {name: value for name, value in {**said, "page": page}.items() if value}
