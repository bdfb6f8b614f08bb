"""How an arriving revision stands to the one we hold (DECISIONS 10). Pure."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Standing(Enum):
    NEW = "new"
    SAME = "same"
    NEWER = "newer"
    LATE = "late"
    CONFLICT = "conflict"


class Held(NamedTuple):
    """The revision we hold: its number and the digest of its content."""

    number: int
    digest: str


def standing(held: Held | None, number: int, base: int | None, digest: str, took_it: str | None = None) -> Standing:
    """base: the revision the phone started from; a phone that does not say means the one before.
    took_it: the digest that counted under a lower number once, where one did.

    A late lower number only goes into the history. The same number with other content, also when that has been followed
    by newer ones, or a higher one that started elsewhere, is a conflict: both are kept and a person chooses.
    """
    if held is None:
        return Standing.NEW
    if number < held.number:
        return Standing.LATE if took_it in (None, digest) else Standing.CONFLICT
    if number == held.number:
        return Standing.SAME if digest == held.digest else Standing.CONFLICT
    started_from = number - 1 if base is None else base
    return Standing.NEWER if started_from == held.number else Standing.CONFLICT
