"""What the page of a spreadsheet sends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField

from shadowing.core.text import one_line

_OF_A_COLUMN = re.compile(r"all-scale|c[0-9]+-.*", re.S)


def _tidy(name: str) -> str:
    return one_line(name)[:120]


class MatchForm(Form):
    """step: try or import. answers: about the columns, however many the file has; answers.py understands them."""

    journey_name = StringField(_l("Journey these rows belong to"), filters=[_tidy], default="")
    day = StringField(_l("Day that stands for all rows"), default="")
    step = StringField(default="try")

    def __init__(self, said: Any = None, **kept: Any) -> None:
        super().__init__(said, **kept)
        self.answers: Mapping[str, str] = {
            name: text for name, text in (said or {}).items() if _OF_A_COLUMN.fullmatch(name)
        }
