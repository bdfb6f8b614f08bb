"""A journey as one table, one row for the journey, each touchpoint and each thing that belongs to it. Pure.

The columns and rows are published in docs/journey-spreadsheet.md. What is written here is read by sheet_reading.py.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from shadowing.core.tables import FORMULA_SIGNS
from shadowing.core.vocabulary import LENSES, LEVELS
from shadowing.journeys.draft import Draft, PersonaDraft, StandardDraft
from shadowing.journeys.editing import Touchpoint

COLUMNS = (
    "row",
    "stage",
    "touchpoint",
    "id",
    "text_en",
    "text_zh",
    "need_en",
    "need_zh",
    "channels",
    "longest_wait_seconds",
    "customers_a_month",
    *(f"target_{level}" for level in LEVELS),
    *(f"importance_{lens}" for lens in LENSES),
    "factors",
    "kind",
    "level",
    "limit_seconds",
    "where_en",
    "where_zh",
    "answer_en",
    "answer_zh",
    "factor",
    "basis_kind",
    "basis_en",
    "basis_zh",
    "rating",
    "persona",
    "served_at",
    "source",
    "checked_by",
)
#: What `row` may say.
ROWS = (
    "journey",
    "consent",
    "anchor",
    "purpose",
    "scenario",
    "persona",
    "need",
    "stage",
    "touchpoint",
    "standard",
    "phrase",
)
LIST = "; "
#: In the row of the journey: beginners are asked less.
SHORT = "short"
#: A cell that begins so would be taken for a formula; an apostrophe before it keeps it text, and is taken off again.
RISKY = (*FORMULA_SIGNS, "'")
WIDE = ("text_en", "text_zh", "need_en", "need_zh")


def write_csv(draft: Draft) -> bytes:
    """UTF-8 with the mark that makes spreadsheets see it."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerows(table(draft))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_xlsx(draft: Draft) -> bytes:
    """One sheet with a frozen first line."""
    import openpyxl  # noqa: PLC0415 - 7 MB that only this needs

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("journey")
    sheet.freeze_panes = "C2"
    for number, name in enumerate(COLUMNS):
        sheet.column_dimensions[_letters(number)].width = 44 if name in WIDE else 16
    lines = table(draft)
    heading = [openpyxl.cell.WriteOnlyCell(sheet, value=text) for text in next(lines)]
    for cell in heading:
        cell.font = openpyxl.styles.Font(bold=True)
    for cells in (heading, *lines):
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(draft: Draft) -> Iterator[list[str]]:
    """The first line, then every row; all cells are text."""
    yield list(COLUMNS)
    for row in _rows(draft):
        yield [_safe(row.get(column)) for column in COLUMNS]


def _rows(draft: Draft) -> Iterator[dict[str, Any]]:
    yield {
        "row": "journey",
        **_both("text", draft["name"]),
        **_both("need", draft.get("need")),
        "kind": draft.get("served"),
        "level": SHORT if draft.get("short") else None,
    }
    consent = draft["consent"]
    yield {"row": "consent", "id": consent.get("text_version"), **_both("text", consent)}
    for level, lines in (draft.get("anchors") or {}).items():
        for rating, both in lines.items():
            yield {"row": "anchor", "level": level, "rating": rating, **_both("text", both)}
    for purpose in draft.get("purposes") or ():
        yield {"row": "purpose", "id": purpose["key"], **_both("text", purpose["name"])}
    for scenario in draft.get("scenarios") or ():
        yield {"row": "scenario", "id": scenario["key"], **_both("text", scenario["text"])}
    yield from _personas(draft.get("personas") or ())
    for stage in draft["stages"]:
        yield {"row": "stage", "stage": stage["kind"], **_both("text", stage["name"])}
        for touchpoint in stage["touchpoints"]:
            yield from _touchpoint(stage["kind"], touchpoint)


def _personas(personas: Iterable[PersonaDraft]) -> Iterator[dict[str, Any]]:
    for each in personas:
        yield {"row": "persona", "id": each["key"], "kind": each["kind"], **_both("text", each["name"])}
        for need in each.get("needs") or ():
            at = LIST.join(need["at"])
            yield {
                "row": "need",
                "persona": each["key"],
                "id": need["key"],
                "served_at": at,
                **_both("text", need["text"]),
            }


def _touchpoint(stage: str, touchpoint: Touchpoint) -> Iterator[dict[str, Any]]:
    key = touchpoint["key"]
    yield {
        "row": "touchpoint",
        "stage": stage,
        "touchpoint": key,
        **_both("text", touchpoint["name"]),
        **_both("need", touchpoint.get("need")),
        "channels": LIST.join(touchpoint["channels"]),
        "longest_wait_seconds": touchpoint.get("longest_wait_seconds"),
        "customers_a_month": touchpoint.get("volume_per_month"),
        **{f"target_{level}": target for level, target in (touchpoint.get("targets") or {}).items()},
        **{f"importance_{lens}": weight for lens, weight in (touchpoint.get("importance") or {}).items()},
        "factors": LIST.join(touchpoint.get("factors") or ()),
    }
    for each in touchpoint.get("standards") or ():
        yield {"row": "standard", "touchpoint": key, **_standard(each)}
    for both in touchpoint.get("phrases") or ():
        yield {"row": "phrase", "touchpoint": key, **_both("text", both)}


def _standard(each: StandardDraft) -> dict[str, Any]:
    basis = each.get("basis")
    return {
        "id": each["id"],
        **_both("text", each["text"]),
        "kind": each["kind"],
        "level": each["level"],
        "limit_seconds": each.get("limit_seconds"),
        **_both("where", each.get("where")),
        **_both("answer", each.get("answer")),
        "factor": each.get("factor"),
        "source": each.get("source"),
        "checked_by": each.get("checked_by"),
        "basis_kind": basis.get("kind") if basis else None,
        **_both("basis", basis.get("text") if basis else None),
    }


def _both(name: str, words: Any) -> dict[str, Any]:
    return {f"{name}_{language}": (words or {}).get(language) for language in ("en", "zh")}


def _safe(value: Any) -> str:
    if value is None:
        return ""
    text = f"{value:.12g}" if isinstance(value, float) else str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def _letters(number: int) -> str:
    """A column's name: 0 is A, 26 is AA."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)
