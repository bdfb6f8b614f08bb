"""From a table back to a journey's draft: every row that does not fit is named with its reason. Pure.

Nothing is half read: with one bad row there is no draft. The columns are those of sheet.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, cast

from shadowing.authoring.editor.sheet import COLUMNS, ROWS, SHORT
from shadowing.authoring.editor.sheet_cells import (
    RefusedCell,
    Row,
    channels,
    fresh,
    known,
    listed,
    maybe,
    numbers,
    one_of,
    slug,
    unmarked,
    whole,
    words,
)
from shadowing.core.gettext_noop import N_
from shadowing.core.tables import Cell
from shadowing.core.vocabulary import (
    FACTORS,
    LENSES,
    LEVELS,
    PERSONA_KINDS,
    PROMISE_SOURCES,
    SERVED,
    STAGE_KINDS,
    STANDARD_KINDS,
)
from shadowing.journeys.editing import (
    CONSENT,
    LONGEST_LIMIT,
    LONGEST_WAIT,
    MOST_STANDARDS,
    MOST_TOUCHPOINTS,
    Draft,
)
from shadowing.journeys.personas import MOST_NEEDS, MOST_PERSONAS

MOST_BAD = 50
MOST_ROWS = 30_000
MOST_LINES = 40
#: How long a text may be, by what it stands for; everything else 1,000 signs.
LONGEST = {"purpose": 120, "scenario": 120, "phrase": 120, "anchor": 120, "stage": 120, "persona": 120}
MOST = {"journey": 1, "consent": 1, "purpose": MOST_LINES, "scenario": MOST_LINES, "persona": MOST_PERSONAS}
REASONS = {
    "row": N_("“%(value)s” is no kind of row."),
    "columns": N_("The first line lacks %(value)s. Save a journey as a spreadsheet to see the columns."),
    "empty": N_("Words are missing in this row."),
    "word": N_("“%(value)s” is none of the words that may stand here."),
    "number": N_("“%(value)s” is not a number that may stand here."),
    "long": N_("This text is too long."),
    "slug": N_("“%(value)s” is no name a program can use: letters, digits, _ and - only, 64 at most."),
    "unknown": N_("“%(value)s” stands nowhere above as a touchpoint or persona."),
    "twice": N_("“%(value)s” stands there already."),
    "many": N_("There are more of these than a journey may have."),
    "no_journey": N_("There is no row “journey” with the journey's name."),
    "nothing": N_("There is no touchpoint in it."),
}


class BadRow(NamedTuple):
    """number: of the row in the file, the first line is 1, 0 = the whole file; why: a slug of REASONS."""

    number: int
    column: str
    why: str
    value: str = ""


class BadSheet(ValueError):
    """Every bad row, as far as anybody reads on."""

    def __init__(self, rows: list[BadRow]) -> None:
        super().__init__(rows[0].why)
        self.rows = rows


def read_sheet(table: Iterable[list[Cell]]) -> Draft:
    """A draft with the keys of the file. Raises BadSheet; BadFile of whoever reads the table."""
    rows = iter(table)
    header = [str(cell).strip().lower() for cell in next(rows, [])]
    if "row" not in header or "text_en" not in header and "text_zh" not in header:
        raise BadSheet([BadRow(1, "row", "columns", "row, text_en, text_zh")])
    making, bad = _Making(), list[BadRow]()
    for number, cells in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise BadSheet([BadRow(number, "row", "many")])
        if len(bad) >= MOST_BAD:
            break
        row = {name: unmarked(cell) for name, cell in zip(header, cells, strict=False) if name in COLUMNS}
        if any(row.values()):
            try:
                making.take(row)
            except RefusedCell as refused:
                bad.append(BadRow(number, refused.column, refused.why, refused.value))
                making.lose(row)
    bad = bad or making.missing()
    if bad:
        raise BadSheet(bad)
    return cast("Draft", making.draft)


class _Making:
    """The draft as far as it is read, and what later rows refer to."""

    def __init__(self) -> None:
        stages = [{"kind": kind, "name": dict(names), "touchpoints": []} for kind, names in STAGE_KINDS.items()]
        self.draft: dict[str, Any] = {
            "name": None,
            "need": None,
            "consent": dict(CONSENT),
            "anchors": {},
            "purposes": [],
            "scenarios": [],
            "personas": [],
            "stages": stages,
        }
        self._touchpoints: dict[str, dict[str, Any]] = {}
        self._personas: dict[str, dict[str, Any]] = {}
        self._stage = next(iter(STAGE_KINDS))
        self._counts: dict[str, int] = {}
        self._lost: set[str] = set()

    def take(self, row: Row) -> None:
        kind = row.get("row", "").lower()
        if kind not in ROWS:
            raise RefusedCell("row", "row", row.get("row", ""))
        self._counts[kind] = self._counts.get(kind, 0) + 1
        if self._counts[kind] > MOST.get(kind, MOST_ROWS):
            raise RefusedCell("row", "many")
        take: Callable[[Row], None] = getattr(self, f"_take_{kind}")
        take(row)

    def lose(self, row: Row) -> None:
        """One complaint is enough: what belongs to a refused row is not complained about as well."""
        name = row.get("touchpoint" if row.get("row") == "touchpoint" else "id", "")
        if row.get("row") in ("touchpoint", "persona") and name:
            self._lost.add(name)

    def missing(self) -> list[BadRow]:
        if self.draft["name"] is None:
            return [BadRow(0, "row", "no_journey")]
        return [] if self._touchpoints else [BadRow(0, "row", "nothing")]

    def _take_journey(self, row: Row) -> None:
        self.draft.update(name=words(row, "text", longest=120), need=maybe(row, "need"))
        if row.get("kind"):
            self.draft["served"] = one_of(row, "kind", SERVED)
        if row.get("level"):
            self.draft["short"] = one_of(row, "level", (SHORT,)) == SHORT

    def _take_consent(self, row: Row) -> None:
        version = row.get("id") or CONSENT["text_version"]
        if len(version) > 32 or not version.replace("-", "").replace(".", "").replace("_", "").isalnum():
            raise RefusedCell("id", "slug", version)
        self.draft["consent"] = {"text_version": version, **words(row, "text")}

    def _take_anchor(self, row: Row) -> None:
        level, rating = one_of(row, "level", LEVELS), one_of(row, "rating", "12345")
        self.draft["anchors"].setdefault(level, {})[rating] = words(row, "text", LONGEST["anchor"])

    def _take_purpose(self, row: Row) -> None:
        self._named(row, self.draft["purposes"], "purpose", "name")

    def _take_scenario(self, row: Row) -> None:
        self._named(row, self.draft["scenarios"], "scenario", "text")

    def _take_persona(self, row: Row) -> None:
        kind = one_of(row, "kind", PERSONA_KINDS, "external")
        made = self._named(row, self.draft["personas"], "persona", "name")
        made.update(kind=kind, needs=[])
        self._personas[made["key"]] = made

    def _take_need(self, row: Row) -> None:
        persona = self._above(row, "persona", self._personas)
        if len(persona["needs"]) >= MOST_NEEDS:
            raise RefusedCell("row", "many")
        at = [slug(each, "served_at") for each in listed(row, "served_at")]
        key = fresh(row, "id", [need["key"] for need in persona["needs"]], "n")
        persona["needs"].append({"key": key, "text": words(row, "text", 120), "at": at})

    def _take_stage(self, row: Row) -> None:
        self._stage = one_of(row, "stage", STAGE_KINDS)
        self._standing()["name"] = words(row, "text", LONGEST["stage"])

    def _take_touchpoint(self, row: Row) -> None:
        if len(self._touchpoints) >= MOST_TOUCHPOINTS:
            raise RefusedCell("row", "many")
        self._stage = one_of(row, "stage", STAGE_KINDS, self._stage)
        key = fresh(row, "touchpoint", self._touchpoints, "t")
        made = {
            "key": key,
            "name": words(row, "text", 120),
            "need": maybe(row, "need"),
            "channels": channels(row),
            "longest_wait_seconds": whole(row, "longest_wait_seconds", 1, LONGEST_WAIT),
            "volume_per_month": whole(row, "customers_a_month", 0, 100_000_000),
            "targets": numbers(row, "target", LEVELS, float),
            "importance": numbers(row, "importance", LENSES, int),
            "factors": [known(each, "factors", FACTORS) for each in listed(row, "factors")],
            "phrases": [],
            "standards": [],
        }
        self._touchpoints[key] = made
        self._standing()["touchpoints"].append(made)

    def _take_standard(self, row: Row) -> None:
        touchpoint = self._above(row, "touchpoint", self._touchpoints)
        if len(touchpoint["standards"]) >= MOST_STANDARDS:
            raise RefusedCell("row", "many")
        made: dict[str, Any] = {
            "id": fresh(row, "id", [each["id"] for each in touchpoint["standards"]], "s"),
            "text": words(row, "text"),
            "level": one_of(row, "level", LEVELS, "utility"),
            "kind": one_of(row, "kind", STANDARD_KINDS, "standard"),
            "limit_seconds": whole(row, "limit_seconds", 1, LONGEST_LIMIT),
            "where": maybe(row, "where"),
            "answer": maybe(row, "answer"),
        }
        for part, known_words in (("factor", FACTORS), ("source", PROMISE_SOURCES)):
            if row.get(part):
                made[part] = one_of(row, part, known_words)
        if row.get("checked_by"):
            made["checked_by"] = slug(row["checked_by"], "checked_by")
        basis = maybe(row, "basis")
        if basis:
            made["basis"] = {"kind": row.get("basis_kind", "")[:32], "text": basis}
        touchpoint["standards"].append(made)

    def _take_phrase(self, row: Row) -> None:
        touchpoint = self._above(row, "touchpoint", self._touchpoints)
        if len(touchpoint["phrases"]) >= MOST_LINES:
            raise RefusedCell("row", "many")
        touchpoint["phrases"].append(words(row, "text", LONGEST["phrase"]))

    def _named(self, row: Row, rows: list[dict[str, Any]], kind: str, part: str) -> dict[str, Any]:
        made = {
            "key": fresh(row, "id", [each["key"] for each in rows], kind[0]),
            part: words(row, "text", LONGEST[kind]),
        }
        rows.append(made)
        return made

    def _above(self, row: Row, column: str, rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """What the row names, or else what stands last above it."""
        name = row.get(column, "")
        if name in self._lost:
            return {"standards": [], "phrases": [], "needs": []}
        if name and name not in rows or not rows:
            raise RefusedCell(column, "unknown", name)
        return rows[name] if name else rows[next(reversed(rows))]

    def _standing(self) -> dict[str, Any]:
        found: dict[str, Any] = next(each for each in self.draft["stages"] if each["kind"] == self._stage)
        return found
