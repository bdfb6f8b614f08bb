"""A plan off the wire (DECISIONS 15a): every field at fault is named. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from shadowing.core.choices import one_of
from shadowing.core.gettext_noop import N_
from shadowing.core.text import lines, one_line
from shadowing.core.vocabulary import LONGEST_LABEL, LONGEST_TEXT, PLAN_KINDS, VISIT_MODES

LONGEST_SCENARIO = 120
MOST_TOUCHPOINTS, MOST_TIMES = 200, 26
#: Days from one plan of a series to the next; months go by the calendar.
INTERVALS = {"week": 7, "fortnight": 14, "month": 0}
STATES = ("planned", "declined", "cancelled")


Line = Annotated[str, AfterValidator(one_line)]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}$")]
Label = Annotated[Line, StringConstraints(max_length=LONGEST_LABEL)]
Scenario = Annotated[Line, StringConstraints(max_length=LONGEST_SCENARIO)]
Note = Annotated[str, AfterValidator(lines), StringConstraints(max_length=LONGEST_TEXT)]
Slug = Annotated[Line, StringConstraints(max_length=32)]


class Repeat(BaseModel):
    """So many plans in all, one every so often."""

    model_config = ConfigDict(extra="forbid")

    every: Annotated[str, one_of(INTERVALS)]
    times: Annotated[int, Field(ge=1, le=MOST_TIMES)]


class PlanFields(BaseModel):
    """What may be said of a plan; those of PATCH are all optional."""

    model_config = ConfigDict(extra="forbid")

    journey_id: Id
    site_id: Id
    starts_at: AwareDatetime
    touchpoint_ids: Annotated[list[Id], Field(max_length=MOST_TOUCHPOINTS)] | None = None
    channel: Slug | None = None
    persona_id: Id | None = None
    scenario: Scenario | None = None
    mode: Annotated[str, one_of(VISIT_MODES)] = "shadowed"
    kind: Annotated[str, one_of(PLAN_KINDS)] = "normal"
    observer_id: Id | None = None
    companion_id: Id | None = None
    customer_label: Label | None = None
    note: Note | None = None


class NewPlan(PlanFields):
    """POST /plans. second_observer_id: of a double-shadowed visit."""

    second_observer_id: Id | None = None
    repeat: Repeat | None = None


class PlanChange(PlanFields):
    """PATCH /plans/<id>. What is not sent stays. series: do it to every later plan of the series too."""

    revision: int
    journey_id: Id | None = None  # type: ignore[assignment]
    site_id: Id | None = None  # type: ignore[assignment]
    starts_at: AwareDatetime | None = None  # type: ignore[assignment]
    mode: Annotated[str, one_of(VISIT_MODES)] | None = None  # type: ignore[assignment]
    kind: Annotated[str, one_of(PLAN_KINDS)] | None = None  # type: ignore[assignment]
    state: Annotated[str, one_of(STATES)] | None = None
    reason: Note | None = None
    series: bool = False

    @property
    def fields(self) -> set[str]:
        """Which fields of the plan itself are to change."""
        return self.model_fields_set - {"revision", "state", "reason", "series"}


class InvalidPlan(ValueError):
    """errors: (path, sentence) of every field at fault, to be translated by whoever answers."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        super().__init__("invalid")
        self.errors = errors


P = TypeVar("P", bound=PlanFields)


def read(model: type[P], document: Any) -> P:
    """Raises InvalidPlan."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise InvalidPlan([(_path(item["loc"]), _sentence(item)) for item in error.errors()]) from error


def _path(where: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in where)


def _sentence(item: Mapping[str, Any]) -> str:
    return SENTENCES.get(item["type"], N_("This value does not fit this field."))


SENTENCES = {
    "missing": N_("This is needed."),
    "extra_forbidden": N_("There is no such field."),
    "string_too_long": N_("This is too long."),
    "too_long": N_("This is too long."),
    "timezone_aware": N_("Say the moment with its offset, for example 2026-11-24T10:00:00+01:00."),
}
