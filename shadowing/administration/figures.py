"""What the people page shows: who may do what where, who was here lately, which departments have nobody."""

from __future__ import annotations

from dataclasses import dataclass

from shadowing.core.sentences import Sentence
from shadowing.core.vocabulary import Role


@dataclass(frozen=True)
class PersonRow:
    """One person in the list. invited: asked to come, not come yet."""

    id: int
    name: str
    initials: str
    department: str
    role: Role
    sites: Sentence
    language: str
    last_here: Sentence
    invited: bool


@dataclass(frozen=True)
class InvitationRow:
    id: int
    name: str
    role: Role
    sites: Sentence
    used: int
    uses: int
    ends: str


@dataclass(frozen=True)
class PeoplePage:
    """total and shown differ when a filter or the length of a page cuts the list."""

    people: tuple[PersonRow, ...]
    total: int
    found: int
    departments: int
    with_people: int
    without_people: str
    invitations: tuple[InvitationRow, ...]
