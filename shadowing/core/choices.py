"""A checked field that takes one word of a closed list. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError


def one_of(known: Iterable[str]) -> AfterValidator:
    """For Annotated[str, one_of(...)]; the refusal names what is allowed."""
    allowed = tuple(known)

    def check(value: str) -> str:
        if value not in allowed:
            raise PydanticCustomError("one_of", "must be one of {expected}", {"expected": ", ".join(allowed)})
        return value

    return AfterValidator(check)
