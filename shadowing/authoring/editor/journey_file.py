"""A journey from a file: checked whole before anything of it is kept. Pure (pydantic only)."""

from __future__ import annotations

import secrets
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from shadowing.core.choices import one_of
from shadowing.core.gettext_noop import N_
from shadowing.core.vocabulary import (
    DEFAULT_IMPORTANCE,
    DEFAULT_TARGETS,
    FACTORS,
    LENSES,
    LEVELS,
    PROMISE_SOURCES,
    SERVED,
    STAGE_KINDS,
)
from shadowing.journeys.editing import (
    CONSENT,
    LONGEST_LIMIT,
    LONGEST_WAIT,
    MOST_STANDARDS,
    MOST_TOUCHPOINTS,
    Draft,
    is_channel,
    tidy,
    touchpoints,
)
from shadowing.journeys.personas import MOST_NEEDS, MOST_PERSONAS
from shadowing.journeys.publishing import OPTIONAL_JOURNEY_PARTS

FORMAT = "shadowing-journey"
Level = Literal["utility", "usability", "delight"]


#: What can be wrong with a part of the file, in words.
PLAIN = {
    "missing": N_("is missing"),
    "long": N_("is too long"),
    "few": N_("has nothing in it"),
    "range": N_("is out of range"),
    "form": N_("has another form than expected"),
    "stages": N_("The four stages must stand in their order: pre, first, core, end."),
    "format": N_("This is no journey saved by this program."),
}
_KINDS = {
    "missing": "missing",
    "string_too_long": "long",
    "too_long": "long",
    "string_too_short": "few",
    "too_short": "few",
    "greater_than_equal": "range",
    "less_than_equal": "range",
}


#: Parts of a standard that are absent rather than empty.
OPTIONAL = ("factor", "basis", "source", "checked_by")


class BadJourney(ValueError):
    """(path, what is wrong) pairs in `errors`, the first ones; what is wrong: a key of PLAIN."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        super().__init__(errors[0][1] if errors else "")
        self.errors = errors


def _filled(both: Any) -> Any:
    """One language is enough; nothing that cannot be shown."""
    if not isinstance(both, dict) or not all(isinstance(both.get(side) or "", str) for side in ("en", "zh")):
        return both
    en, zh = (tidy(both.get(side) or "") for side in ("en", "zh"))
    return {**both, "en": en or zh, "zh": zh or en}


def _channel(slug: str) -> str:
    slug = tidy(slug).lower()
    if not is_channel(slug):
        raise ValueError("letters and digits")
    return slug


class Both(BaseModel):
    en: str = Field(min_length=1, max_length=1000)
    zh: str = Field(min_length=1, max_length=1000)


class Short(Both):
    en: str = Field(min_length=1, max_length=120)
    zh: str = Field(min_length=1, max_length=120)


Words = Annotated[Both, BeforeValidator(_filled)]
#: Names and lines that observers read on a phone.
Line = Annotated[Short, BeforeValidator(_filled)]
Slug = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Channel = Annotated[str, Field(min_length=1, max_length=32), AfterValidator(_channel)]


class FilePart(BaseModel):
    model_config = ConfigDict(extra="ignore")


class ConsentWording(Both):
    """How a customer is asked; another wording has another text_version."""

    model_config = ConfigDict(extra="ignore")
    text_version: str = Field(CONSENT["text_version"], pattern=r"^[A-Za-z0-9._-]{1,32}$")


class Basis(FilePart):
    """Where a standard comes from. kind: L law, C charter, I practice of the trade, M measured."""

    kind: str = Field("", max_length=32)
    text: Words


class AStandard(FilePart):
    id: Slug
    text: Words
    level: Level = "utility"
    kind: Literal["standard", "promise", "probe"] = "standard"
    limit_seconds: int | None = Field(None, ge=1, le=LONGEST_LIMIT)
    where: Words | None = None
    answer: Words | None = None
    factor: str | None = Field(None, max_length=32)
    basis: Basis | None = None
    source: Annotated[str, one_of(PROMISE_SOURCES)] | None = None
    checked_by: Slug | None = None


class ATouchpoint(FilePart):
    key: Slug
    name: Line
    need: Words | None = None
    channels: list[Channel] = Field(min_length=1, max_length=20)
    longest_wait_seconds: int | None = Field(None, ge=1, le=LONGEST_WAIT)
    volume_per_month: int | None = Field(None, ge=0, le=100_000_000)
    targets: dict[Level, Annotated[float, Field(ge=1, le=5)]] = Field(default_factory=dict)
    importance: dict[Literal["customer", "business", "brand"], Annotated[int, Field(ge=1, le=5)]] = Field(
        default_factory=dict
    )
    factors: list[str] = Field(default_factory=list, max_length=10)
    phrases: list[Line] = Field(default_factory=list, max_length=40)
    standards: list[AStandard] = Field(default_factory=list, max_length=MOST_STANDARDS)


class AStage(FilePart):
    kind: Literal["pre", "first", "core", "end"]
    name: Line
    touchpoints: list[ATouchpoint] = Field(default_factory=list, max_length=MOST_TOUCHPOINTS)


class Purpose(FilePart):
    key: Slug
    name: Line


class Scenario(FilePart):
    key: Slug
    text: Line


class ANeed(FilePart):
    key: Slug
    text: Line
    at: list[Slug] = Field(default_factory=list, max_length=MOST_TOUCHPOINTS)


class APersona(FilePart):
    key: Slug | None = None
    kind: Literal["external", "internal", "partner"] = "external"
    name: Line
    needs: list[ANeed] = Field(default_factory=list, max_length=MOST_NEEDS)


class AJourney(FilePart):
    name: Line
    need: Words | None = None
    consent: Annotated[ConsentWording, BeforeValidator(_filled)]
    anchors: dict[Level, dict[Literal["1", "2", "3", "4", "5"], Line]] = Field(default_factory=dict)
    purposes: list[Purpose] = Field(default_factory=list, max_length=40)
    scenarios: list[Scenario] = Field(default_factory=list, max_length=40)
    personas: list[APersona] = Field(default_factory=list, max_length=MOST_PERSONAS)
    served: Annotated[str, one_of(SERVED)] | None = None
    short: bool = False
    stages: list[AStage] = Field(min_length=4, max_length=4)


def read_journey_file(document: Any) -> Draft:
    """A draft with keys of its own. Raises BadJourney with what is wrong and where."""
    if not isinstance(document, dict) or document.get("format", FORMAT) != FORMAT:
        raise BadJourney([("", "format")])
    try:
        draft = cast("Draft", AJourney.model_validate(document).model_dump(exclude_none=False))
    except ValidationError as error:
        found = [(".".join(map(str, each["loc"])), _KINDS.get(each["type"], "form")) for each in error.errors()[:20]]
        raise BadJourney(found) from error
    if [stage["kind"] for stage in draft["stages"]] != list(STAGE_KINDS):
        raise BadJourney([("", "stages")])
    complete(draft)
    return draft


def write_journey_file(draft: Draft) -> dict[str, Any]:
    """What `read_journey_file` reads."""
    return {"format": FORMAT, "version": 1, **draft}


def complete(draft: Draft) -> None:
    """Defaults where the file is silent, and new keys: two journeys share no place."""
    for part in [part for part in OPTIONAL_JOURNEY_PARTS if not draft.get(part)]:
        cast("dict[str, Any]", draft).pop(part, None)
    personas: set[str] = set()
    for persona in draft["personas"]:
        if persona["key"] is None or persona["key"] in personas:
            persona["key"] = f"p_{secrets.token_hex(4)}"
        personas.add(persona["key"])
    seen: set[str] = set()
    for _, each in touchpoints(draft):
        if each["key"] in seen:
            each["key"] = f"t_{secrets.token_hex(6)}"
        seen.add(each["key"])
        each["channels"] = list(dict.fromkeys(each["channels"]))
        each["targets"] = {level: each["targets"].get(level, DEFAULT_TARGETS[level]) for level in LEVELS}
        each["importance"] = {lens: each["importance"].get(lens, DEFAULT_IMPORTANCE) for lens in LENSES}
        known = [factor for factor in each["factors"] if factor in FACTORS]
        each["factors"] = (known + [factor for factor in FACTORS if factor not in known])[:5]
        ids: set[str] = set()
        for standard in each["standards"]:
            if standard["id"] in ids:
                standard["id"] = f"s_{secrets.token_hex(4)}"
            ids.add(standard["id"])
            silent = [part for part in OPTIONAL if standard.get(part) is None]
            for part in silent:
                cast("dict[str, Any]", standard).pop(part, None)
