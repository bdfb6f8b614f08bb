"""What a person said about the columns, from the form to the draft. Pure but for the sentences of refusals."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from shadowing.core.vocabulary import CHANNELS, LEVELS, STAGE_KINDS
from shadowing.imports.guess_columns import KINDS, Column

RATED = ("rating", "satisfaction", "come_again")
SCALES = ("", "1-5", "5-1", "1-10")


def answered(columns: Sequence[Column], form: Mapping[str, str]) -> list[Column]:
    """The columns as the form has them. Unknown values leave what was there; fields are named c<number>-<what>."""
    return [_answered(column, number, form) for number, column in enumerate(columns)]


def _answered(column: Column, number: int, form: Mapping[str, str]) -> Column:
    def said(what: str, known: Collection[str] | None, before: str) -> str:
        """An answer at the side counts before the field in the row."""
        value = form.get(f"c{number}-{what}-said") or form.get(f"c{number}-{what}", before)
        return value if known is None or value in known else before

    odd = {value: _odd_answer(column, number, position, value, form) for position, value in enumerate(column.odd)}

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
        not_marks=(*(mark for mark in column.not_marks if mark not in odd), *_those(odd, "no_mark")),
        refused=tuple(_those(odd, "refuse")),
    )


def _for_all(column: Column, kind: str, form: Mapping[str, str]) -> str:
    """One answer for every column of 1-5 nobody has said anything of."""
    answer = form.get("all-scale", "")
    return answer if kind in RATED and column.largest <= 5 and answer in ("1-5", "5-1") else ""


def _odd_answer(column: Column, number: int, position: int, value: str, form: Mapping[str, str]) -> str:
    """`no_mark`, `refuse`, or "" while nobody has said."""
    answer = form.get(f"c{number}-odd{position}", "")
    if answer in ("no_mark", "refuse"):
        return answer
    return "no_mark" if value in column.not_marks else "refuse" if value in column.refused else ""


def _those(odd: Mapping[str, str], answer: str) -> list[str]:
    return [value for value, said in odd.items() if said == answer]
