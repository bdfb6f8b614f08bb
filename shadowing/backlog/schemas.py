"""What changing an improvement takes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from flask_babel import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from shadowing.core.choices import one_of
from shadowing.core.i18n import LANGUAGES
from shadowing.core.problems import Problem
from shadowing.core.text import lines, one_line
from shadowing.core.vocabulary import EFFORT_SIZES, IMPROVEMENT_STATES, LENSES
from shadowing.scoring.statistics.verification import FEWEST, MOST

EFFECTS = (-1, -0.5, 0, 0.5, 1)


def _known_effect(value: float) -> float:
    if value not in EFFECTS:
        raise ValueError("not one of the five effects")
    return value


Effect = Annotated[float, AfterValidator(_known_effect)]


LongText = Annotated[str, AfterValidator(lines), StringConstraints(max_length=20_000)]


Title = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=200)]


Reason = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=500)]


class ImprovementChange(BaseModel):
    """A change as PATCH /improvements/<id> takes it. Fields that are not sent stay as they are."""

    model_config = ConfigDict(extra="forbid")

    revision: int
    state: Annotated[str, one_of(IMPROVEMENT_STATES)] | None = None
    owner: str | None = None
    due: date | None = None
    effort: Annotated[str, one_of(EFFORT_SIZES)] | None = None
    effort_days: Annotated[float, Field(gt=0, le=10_000)] | None = None
    cost: Annotated[float, Field(ge=0, le=1e12)] | None = None
    lenses: dict[Annotated[str, one_of(LENSES)], Effect] | None = None
    lens_reasons: dict[Annotated[str, one_of(LENSES)], Reason] | None = None
    reason: LongText | None = None
    title: Title | None = None
    titles: dict[Annotated[str, one_of(LANGUAGES)], Title] | None = None
    plan: LongText | None = None
    shipped_on: date | None = None
    live_at: Annotated[list[str], Field(max_length=10_000)] | None = None
    planned_visits: Annotated[int, Field(ge=FEWEST, le=MOST)] | None = None


def read(document: Any) -> ImprovementChange:
    """Raises Problem invalid with every field named."""
    try:
        return ImprovementChange.model_validate(document)
    except ValidationError as error:
        said = [
            (".".join(str(p) for p in item["loc"]) or "revision", _("This value does not fit this field."))
            for item in error.errors()
        ]
        raise Problem("invalid", said) from error
