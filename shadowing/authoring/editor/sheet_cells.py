"""Cells of a journey's sheet: words, lists, numbers and names, or why they are none. Pure."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from shadowing.authoring.editor.sheet import RISKY
from shadowing.core.tables import Cell
from shadowing.journeys.editing import is_channel, tidy

Row = Mapping[str, str]


class RefusedCell(ValueError):
    """This row, because of this column; why: a slug of sheet_reading.REASONS."""

    def __init__(self, column: str, why: str, value: str = "") -> None:
        super().__init__(why)
        self.column, self.why, self.value = column, why, value[:80]


def unmarked(cell: Cell) -> str:
    text = tidy(str(cell))
    return text[1:] if text[:1] == "'" and text[1:].startswith(RISKY) else text


def words(row: Row, name: str, longest: int = 1000) -> dict[str, str]:
    both = maybe(row, name, longest)
    if both is None:
        raise RefusedCell(f"{name}_en", "empty")
    return both


def maybe(row: Row, name: str, longest: int = 1000) -> dict[str, str] | None:
    """One language is enough."""
    en, zh = row.get(f"{name}_en", ""), row.get(f"{name}_zh", "")
    for language, text in (("en", en), ("zh", zh)):
        if len(text) > longest:
            raise RefusedCell(f"{name}_{language}", "long")
    return {"en": en or zh, "zh": zh or en} if en or zh else None


def one_of(row: Row, column: str, allowed: Iterable[str], otherwise: str = "") -> str:
    return known(row.get(column) or otherwise, column, allowed)


def known(value: str, column: str, allowed: Iterable[str]) -> str:
    if not value or value.lower() not in list(allowed):
        raise RefusedCell(column, "word", value)
    return value.lower()


def listed(row: Row, column: str) -> list[str]:
    return list(dict.fromkeys(each.strip() for each in row.get(column, "").split(";") if each.strip()))


def channels(row: Row) -> list[str]:
    found = [each.lower() for each in listed(row, "channels")]
    for each in found:
        if not is_channel(each):
            raise RefusedCell("channels", "word", each)
    if not 1 <= len(found) <= 20:
        raise RefusedCell("channels", "many" if found else "empty")
    return found


def whole(row: Row, column: str, least: int, most: int) -> int | None:
    text = row.get(column, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 12 and least <= int(text) <= most):
        raise RefusedCell(column, "number", text)
    return int(text)


def numbers(row: Row, name: str, parts: Iterable[str], kind: type) -> dict[str, Any]:
    """1 to 5; what is blank is left to the defaults."""
    made = {}
    for part in parts:
        text = row.get(f"{name}_{part}", "")
        if not text:
            continue
        try:
            value = kind(text)
        except ValueError:
            value = 0
        if not 1 <= value <= 5:
            raise RefusedCell(f"{name}_{part}", "number", text)
        made[part] = value
    return made


def slug(text: str, column: str) -> str:
    if not (0 < len(text) <= 64 and text.isascii() and text.replace("_", "").replace("-", "").isalnum()):
        raise RefusedCell(column, "slug", text)
    return text


def fresh(row: Row, column: str, taken: Iterable[str], letter: str) -> str:
    """The name the file gives, or a new one."""
    name = row.get(column, "")
    if not name:
        return f"{letter}_{secrets.token_hex(4)}"
    if slug(name, column) in taken:
        raise RefusedCell(column, "twice", name)
    return name
