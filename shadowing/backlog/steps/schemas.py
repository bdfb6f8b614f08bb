"""What a step of a plan and a month's budget take. Pure."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, TypeVar

from flask_babel import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from shadowing.core.problems import Problem
from shadowing.core.text import one_line

MOST_WORDS = 500

What = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=MOST_WORDS)]
Days = Annotated[float, Field(gt=0, le=10_000)]
Money = Annotated[float, Field(ge=0, le=1e12)]


class StepChange(BaseModel):
    """A step as it is to be; what is empty is unknown."""

    model_config = ConfigDict(extra="forbid")

    what: What
    owner: str | None = None
    due: date | None = None
    days: Days | None = None
    cost: Money | None = None


class BudgetChange(BaseModel):
    """What fits into a month."""

    days: Days | None = None
    money: Money | None = None


Shape = TypeVar("Shape", bound=BaseModel)


def read_as(shape: type[Shape], document: Any) -> Shape:
    """Raises Problem invalid with every field named."""
    try:
        return shape.model_validate(document)
    except ValidationError as error:
        said = [(str(item["loc"][0]), _("This value does not fit this field.")) for item in error.errors()]
        raise Problem("invalid", said) from error
