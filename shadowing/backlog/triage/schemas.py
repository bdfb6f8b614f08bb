"""What proposing an improvement takes."""

from __future__ import annotations

from typing import Annotated, Any

from flask_babel import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from shadowing.backlog.schemas import LongText, Title
from shadowing.backlog.triage.origins import ORIGINS
from shadowing.core.choices import one_of
from shadowing.core.problems import Problem
from shadowing.core.text import one_line
from shadowing.core.vocabulary import LEVELS

Ref = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=80)]
Named = Annotated[Title, StringConstraints(min_length=1)]
Told = Annotated[LongText, StringConstraints(min_length=1)]


class ProposedItem(BaseModel):
    """An improvement as POST /improvements takes it."""

    model_config = ConfigDict(extra="forbid")

    area_id: Annotated[str, StringConstraints(min_length=1)]
    level: Annotated[str, one_of(LEVELS)]
    title: Named
    why: Told
    origin: Annotated[str, one_of(ORIGINS)] = "own_wish"
    ref: Ref | None = None
    owner: str | None = None


def read_proposal(document: Any) -> ProposedItem:
    """Raises Problem invalid with every field named."""
    try:
        return ProposedItem.model_validate(document)
    except ValidationError as error:
        raise Problem("invalid", [(_path(item), _sentence(item)) for item in error.errors()]) from error


def _path(item: Any) -> str:
    return ".".join(str(part) for part in item["loc"]) or "area_id"


def _sentence(item: Any) -> str:
    """An empty field is asked for, by what belongs there."""
    missing = item["type"] in ("missing", "too_short", "string_too_short", "one_of")
    if missing and _path(item) == "title":
        return _("Give it a name, in a few words.")
    if missing and _path(item) == "why":
        return _("Say why, in a sentence. It stays with the improvement.")
    return _("Choose one of the list.") if missing else _("This value does not fit this field.")
