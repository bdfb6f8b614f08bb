"""Journeys as versioned data: what is walked, and the settings that live outside versions."""

from __future__ import annotations

from datetime import datetime
from secrets import token_hex
from typing import NotRequired, TypedDict

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shadowing.core.database import Base, Document
from shadowing.core.vocabulary import DEFAULT_IMPORTANCE, DEFAULT_TARGETS, LENSES, LEVELS, Level, VerdictSlug, Words
from shadowing.journeys.draft import Draft


class Journey(Base):
    """A service as it should be walked. `origin` is `pack`, `import` or `own`."""

    __tablename__ = "journey"
    kept_in_memory = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Words] = mapped_column(Document)
    origin: Mapped[str] = mapped_column(String(16))
    pack: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]
    #: Volumes, targets and importance that came with a pack; None = nobody has said that they are right.
    figures_confirmed_at: Mapped[datetime | None]
    figures_confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: When a lead wanted improvements of what was imported; until then it raises none.
    improvements_asked_at: Mapped[datetime | None]

    touchpoints: Mapped[list[Touchpoint]] = relationship(order_by="Touchpoint.position")


class JourneyVersion(Base):
    """An immutable snapshot: names, stages, standards, anchors, phrases as phones carry them."""

    __tablename__ = "journey_version"

    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    snapshot: Mapped[Draft] = mapped_column(Document)
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Touchpoint(Base):
    """One place of the journey. It keeps its id across versions while it is the same thing."""

    __tablename__ = "touchpoint"
    kept_in_memory = True
    __table_args__ = (UniqueConstraint("journey_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), index=True)
    key: Mapped[str] = mapped_column(String(64))
    name: Mapped[Words] = mapped_column(Document)
    stage: Mapped[str] = mapped_column(String(8))
    position: Mapped[int]
    channels: Mapped[list[str]] = mapped_column(Document)
    targets: Mapped[dict[Level, float]] = mapped_column(Document, default=lambda: dict(DEFAULT_TARGETS))
    importance: Mapped[dict[str, int]] = mapped_column(
        Document, default=lambda: dict.fromkeys(LENSES, DEFAULT_IMPORTANCE)
    )
    #: Customers a month; None = nobody has measured it.
    volume: Mapped[int | None]
    longest_wait_seconds: Mapped[int | None]
    removed_at: Mapped[datetime | None]
    #: Whose it is, so that what is lived there is seen by department.
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))

    journey: Mapped[Journey] = relationship(back_populates="touchpoints")

    def target(self, level: Level) -> float:
        return self.targets.get(level, DEFAULT_TARGETS[level])

    @property
    def reach(self) -> float | None:
        """Customers a month in one channel: the volume, shared equally until somebody measures each (METHOD 3)."""
        return None if self.volume is None else self.volume / max(1, len(self.channels))

    @property
    def targets_by_level(self) -> dict[Level, float]:
        return {level: self.target(level) for level in LEVELS}


class TargetDefault(Base):
    """Targets that touchpoints inherit, by level, 1-5; journey 0 = the organisation."""

    __tablename__ = "target_default"

    journey_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    targets: Mapped[dict[Level, float]] = mapped_column(Document)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Standard(Base):
    """Every standard a journey ever had, so that late observations of an old one are known."""

    __tablename__ = "standard"
    kept_in_memory = True

    touchpoint_id: Mapped[int] = mapped_column(ForeignKey("touchpoint.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    level: Mapped[Level] = mapped_column(String(16))
    text: Mapped[Words] = mapped_column(Document)
    limit_seconds: Mapped[int | None]
    retired_at: Mapped[datetime | None]


class KeptNeed(TypedDict):
    """What a persona needs; at: keys of the touchpoints that serve it."""

    key: str
    text: Words
    at: list[str]


class Persona(Base):
    """The kind of customer shadowed: external, internal or partner. It keeps its id while it is the same kind."""

    __tablename__ = "persona"
    kept_in_memory = True

    id: Mapped[int] = mapped_column(primary_key=True)
    journey_id: Mapped[int | None] = mapped_column(ForeignKey("journey.id"))
    key: Mapped[str] = mapped_column(String(64), default=lambda: f"p_{token_hex(4)}")
    kind: Mapped[str] = mapped_column(String(16), default="external")
    name: Mapped[Words] = mapped_column(Document)
    position: Mapped[int] = mapped_column(default=0)
    needs: Mapped[list[KeptNeed]] = mapped_column(Document, default=list)
    removed_at: Mapped[datetime | None]


class Area(Base):
    """Touchpoint × channel: what is judged and improved. Made when offered, imported or first seen.

    The name of a place is part of the map; judging it (package `areas`) needs observations.
    """

    __tablename__ = "area"
    kept_in_memory = True
    __table_args__ = (UniqueConstraint("touchpoint_id", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    touchpoint_id: Mapped[int] = mapped_column(ForeignKey("touchpoint.id"))
    channel: Mapped[str] = mapped_column(String(32))
    #: Whether the journey's current version offers the touchpoint in this channel.
    offered: Mapped[bool] = mapped_column(default=True)
    epoch: Mapped[int] = mapped_column(default=1)

    touchpoint: Mapped[Touchpoint] = relationship()


class KeptBefore(TypedDict):
    """One level on the day the fix went live: score and standard error on 1-5, of n ratings; planned to decide it."""

    score: float
    se: float
    n: int
    target: float
    planned: int
    variances: dict[str, float]


class KeptVerdict(TypedDict):
    """What was seen since, of n ratings: the change in points, its standard error, the corrected mean (METHOD 6).

    half: half of the interval that holds however often one looks; verdict: a slug of statistics/verification.py;
    before: the score it is compared with.
    """

    verdict: str
    n: int
    planned: int
    value: float
    error: float
    half: float
    after: float
    before: NotRequired[float]


class KeptStanding(TypedDict):
    """How an area stood on the day its fix went live (METHOD 6.1): on 1-5, rows and planned as counts.

    level: of the improvement; not_by: people whose ratings do not verify; sites: where it is live, none = everywhere;
    verdicts: the newest, by level; seen: ratings that count as proof, by level; since: what was seen after the proof.
    """

    verdict: VerdictSlug
    binding_level: Level | None
    shown_level: Level | None
    score: float | None
    p_below: float | None
    rows: int
    one_observer: bool
    planned: int
    level: NotRequired[Level]
    not_by: NotRequired[list[int]]
    before: NotRequired[dict[Level, KeptBefore]]
    sites: NotRequired[list[int]]
    verdicts: NotRequired[dict[Level, KeptVerdict]]
    seen: NotRequired[dict[Level, int]]
    since: NotRequired[KeptVerdict]


class AreaEpoch(Base):
    """When an area's later epochs began: a shipped fix closes one and opens the next.

    Until what was seen since takes over, the area keeps its standing. None = made before standings were kept.
    """

    __tablename__ = "area_epoch"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime]
    standing: Mapped[KeptStanding | None] = mapped_column(Document)
    taken_over_at: Mapped[datetime | None]
