"""The map of a spreadsheet: what each column means (DECISIONS 16). Pure; its JSON schema is published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from shadowing.core.choices import one_of
from shadowing.core.text import one_line
from shadowing.core.vocabulary import CHANNELS, LEVELS, STAGE_KINDS

SHIPPED = Path(__file__).parent / "maps"
Level = Annotated[str, one_of(LEVELS)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,64}$")]
Scale = Literal["1-5", "5-1", "1-10"]


class BadMap(ValueError):
    """The sentence says which part does not fit."""


class MapPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(MapPart):
    en: Annotated[str, AfterValidator(one_line)]
    zh: Annotated[str, AfterValidator(one_line)]


class MapTouchpoint(MapPart):
    """A touchpoint of the journey, made from the map when the journey has none of this key."""

    key: Key
    name: Bilingual
    stage: Annotated[str, one_of(STAGE_KINDS)]


class At(MapPart):
    """Where something was said: touchpoint and channel."""

    touchpoint: Key
    channel: Annotated[str, Field(pattern=r"^[a-z]{2,32}$")]


class RatingColumn(At):
    """A rating. Values of `not_marks` and blank cells are no ratings; the scale says how numbers are read.

    1-5 as it is; 5-1 reversed; 1-10 by the rule 1-2 = 1, 3-4 = 2, 5-6 = 3, 7-8 = 4, 9-10 = 5.
    `values` instead of a scale gives each word its rating.
    """

    kind: Literal["rating"]
    level: Level
    scale: Scale = "1-5"
    not_marks: list[str] = []
    values: dict[str, Annotated[int, Field(ge=1, le=5)]] | None = None


class WaitColumn(At):
    """A wait, in minutes or seconds."""

    kind: Literal["wait"]
    unit: Literal["minutes", "seconds"] = "minutes"
    not_marks: list[str] = []


class NoteColumn(At):
    kind: Literal["note"]


class VisitColumn(MapPart):
    """An answer about the visit as a whole: `values` gives each word its stored value."""

    kind: Literal["visit"]
    field: Literal["satisfaction", "come_again"]
    scale: Scale = "1-5"
    not_marks: list[str] = []
    values: dict[str, Annotated[int, Field(ge=1, le=5)]] | None = None


class DateColumn(MapPart):
    """The day of the row. The format is said, never guessed (strptime notation).

    `prefix` stands before every cell: "2017-05-" for a file that only names days of May 2017.
    """

    kind: Literal["date"]
    format: str
    prefix: str = ""


class ObserverColumn(MapPart):
    """Whoever went. Only used to tell observers apart; names are not kept."""

    kind: Literal["observer"]


class SiteColumn(MapPart):
    """A site by its name; `names` gives what the file says -> the site's name."""

    kind: Literal["site"]
    names: dict[str, str] = {}


Column = Annotated[
    RatingColumn | WaitColumn | NoteColumn | VisitColumn | DateColumn | ObserverColumn | SiteColumn,
    Field(discriminator="kind"),
]


class SpreadsheetMap(MapPart):
    """A whole map: touchpoints, columns by their header, and the column that identifies a row."""

    name: Bilingual
    key: str | None = None
    sheet: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    touchpoints: list[MapTouchpoint]
    columns: dict[str, Column]

    @model_validator(mode="after")
    def _places_exist(self) -> SpreadsheetMap:
        known = {place.key for place in self.touchpoints}
        for header, column in self.columns.items():
            if isinstance(column, At) and column.touchpoint not in known:
                raise ValueError(f"column “{header}” names the touchpoint “{column.touchpoint}”, which is not listed")
            if isinstance(column, At) and column.channel not in CHANNELS:
                raise ValueError(f"column “{header}” names the channel “{column.channel}”, which nobody knows")
        for kind in (DateColumn, ObserverColumn, SiteColumn):
            if sum(isinstance(column, kind) for column in self.columns.values()) > 1:
                raise ValueError(f"only one column can be the {kind.__name__.removesuffix('Column').lower()}")
        return self

    @model_validator(mode="after")
    def _nothing_is_said_twice(self) -> SpreadsheetMap:
        """Of two columns that say the same of the same place, one would be lost."""
        said: dict[tuple[str, ...], str] = {}
        for header, column in self.columns.items():
            what = [str(getattr(column, name, "")) for name in ("kind", "touchpoint", "channel", "level", "field")]
            first = said.setdefault(tuple(what), header)
            if first != header:
                raise ValueError(f"columns “{first}” and “{header}” say the same of the same place; leave one out")
        return self

    def rating_of(self, column: RatingColumn | VisitColumn, cell: str) -> int | None:
        """1-5, or None for a not-mark. Raises ValueError when the cell is neither."""
        if not cell or cell in column.not_marks:
            return None
        if column.values is not None:
            return column.values[cell]
        return scaled(cell, column.scale)


def scaled(cell: str, scale: Scale) -> int:
    """A number of the declared scale as 1-5. Raises ValueError outside it."""
    number = float(cell)
    top = 10 if scale == "1-10" else 5
    if number != int(number) or not 1 <= number <= top:
        raise ValueError(cell)
    whole = int(number)
    if scale == "1-10":
        return (whole + 1) // 2
    return 6 - whole if scale == "5-1" else whole


def shipped_maps() -> list[str]:
    return sorted(path.stem for path in SHIPPED.glob("*.json"))


def load_map(name: str) -> SpreadsheetMap:
    """A shipped map by name, or a map file by path. Raises BadMap."""
    path = SHIPPED / f"{name}.json" if name in shipped_maps() else Path(name)
    try:
        document: Any = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        known = ", ".join(shipped_maps())
        raise BadMap(f"There is no map “{name}”. Shipped maps: {known}; or give the path of your own.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise BadMap(f"The map {path} cannot be read as JSON: {error}.") from error
    try:
        return SpreadsheetMap.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = " → ".join(str(part) for part in first["loc"]) or "the whole"
        raise BadMap(f"The map {path} does not fit at {where}: {first['msg']}.") from error
