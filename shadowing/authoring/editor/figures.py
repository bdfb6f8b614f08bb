"""What the journey pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shadowing.authoring.editor.offmap import Proposal
from shadowing.authoring.editor.prompts import Due
from shadowing.authoring.strategy.models import Principle
from shadowing.core.vocabulary import SERVED, SERVED_BY_PACK, Level, Words
from shadowing.journeys.draft import Draft, TouchpointDraft
from shadowing.journeys.inheriting import Inherited
from shadowing.journeys.packs import OfferedPack
from shadowing.journeys.served import served_choice
from shadowing.people.models import Department


@dataclass(frozen=True)
class JourneyRow:
    """draft_at: when somebody last changed the draft; None = as published."""

    id: int
    name: Words
    version: int
    touchpoints: int
    visits: int
    draft_at: datetime | None
    archived: bool
    imported: bool


@dataclass(frozen=True)
class JourneysPage:
    journeys: tuple[JourneyRow, ...]
    packs: tuple[OfferedPack, ...]
    complaints: tuple[str, ...]
    file: bool


@dataclass(frozen=True)
class MapPage:
    """chosen: the touchpoint in hand, None = the journey itself; older: visits under way on an older version.

    given: what was typed into fields that are wrong, so that it can be mended; served: marks of the needs it serves.
    """

    id: int
    draft: Draft
    revision: int
    version: int
    key: str
    chosen: TouchpointDraft | None
    targets: dict[str, int]
    own_channels: str
    wrong: dict[str, str]
    told: str
    older: int
    changed_at: datetime | None
    archived: bool
    total: int
    given: Mapping[str, str] = field(default_factory=dict)
    served: frozenset[str] = frozenset()
    strategy: Mapping[str, Words | None] = field(default_factory=dict)
    principles: tuple[Principle, ...] = ()
    above: Mapping[Level, Inherited] = field(default_factory=dict)
    own_levels: tuple[str, ...] = ()
    off_map: tuple[Proposal, ...] = ()
    due: tuple[Due, ...] = ()
    assumed: bool = False
    departments: tuple[Department, ...] = ()

    @property
    def served_choices(self) -> dict[str, str | Words]:
        """For a list to choose from; "" leaves it to the pack."""
        return {"": SERVED_BY_PACK, **{slug: served_choice(slug) for slug in SERVED}}
