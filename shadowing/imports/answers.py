"""What a person said about the columns, from the form to the draft. Pure but for the sentences of refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from shadowing.imports.matching import KINDS, Column
from shadowing.vocabulary import CHANNELS, LEVELS, STAGE_KINDS

RATED = ("rating", "satisfaction", "come_again")
SCALES = ("", "1-5", "5-1", "1-10")


def answered(columns: Sequence[Column], form: Mapping[str, str]) -> list[Column]:
    """The columns as the form has them. Unknown values leave what was there; fields are named c<number>-<what>."""
    return [_answered(column, number, form) for number, column in enumerate(columns)]


def _answered(column: Column, number: int, form: Mapping[str, str]) -> Column:
    def said(what: str, known: Sequence[str] | Mapping[str, Any] | None, before: str) -> str:
        value = form.get(f"c{number}-{what}", before)
        return value if known is None or value in known else before

    kind = said("kind", KINDS, column.kind)
    return replace(
        column,
        kind=kind,
        touchpoint=said("touchpoint", None, column.touchpoint).strip()[:120] or column.name[:120],
        channel=said("channel", CHANNELS, column.channel),
        stage=said("stage", STAGE_KINDS, column.stage),
        level=said("level", LEVELS, column.level),
        scale=said("scale", SCALES, column.scale) or _for_all(column, kind, form),
        format=said("format", ("", *column.formats), column.format),
        not_marks=_not_marks(column, number, form),
    )


def _for_all(column: Column, kind: str, form: Mapping[str, str]) -> str:
    """One answer for every column of 1-5 nobody has said anything of."""
    answer = form.get("all-scale", "")
    return answer if kind in RATED and column.largest <= 5 and answer in ("1-5", "5-1") else ""


def _not_marks(column: Column, number: int, form: Mapping[str, str]) -> tuple[str, ...]:
    """Odd values that a person called no mark; those to be refused, or unanswered, are left out."""
    marks = [value for value in column.not_marks if value not in column.odd]
    for position, value in enumerate(column.odd):
        answer = form.get(f"c{number}-odd{position}")
        before = "no_mark" if value in column.not_marks else ""
        if (answer if answer in ("no_mark", "refuse") else before) == "no_mark":
            marks.append(value)
    return tuple(marks)
