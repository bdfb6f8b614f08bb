"""Kept-up results: what pages read instead of fitting anything."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shadowing.core.database import Base, Document
from shadowing.core.vocabulary import Level, VerdictSlug
from shadowing.journeys.models import Area
from shadowing.scoring.kept import KeptFigures, KeptTrend

#: The scope of a fit over everything in the window; what it says of one site has "site:3" or the like.
ALL = ""


class AreaScore(Base):
    """One level of one area and epoch in one fit (METHOD 1), on the scale 1-5."""

    __tablename__ = "area_score"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(String(32), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[Level] = mapped_column(String(16), primary_key=True)
    n: Mapped[int]
    observers: Mapped[int]
    raw_mean: Mapped[float | None]
    score: Mapped[float]
    se: Mapped[float]
    p_below: Mapped[float]
    shortfall: Mapped[float]
    shortfall_variance: Mapped[float]
    target: Mapped[float]
    verdict: Mapped[VerdictSlug] = mapped_column(String(24))
    flagged: Mapped[bool] = mapped_column(default=False)
    #: How the score comes from the plain mean (METHOD 1.9): who looked, what visits; the rest is pulled `towards`.
    who: Mapped[float | None]
    company: Mapped[float | None]
    towards: Mapped[float | None]


class KeptScore(NamedTuple):
    """A row of `AreaScore` as pages read it: hundreds at once, of which nothing is written back."""

    area_id: int
    epoch: int
    level: Level
    n: int
    observers: int
    raw_mean: float | None
    score: float
    se: float
    p_below: float
    shortfall: float
    shortfall_variance: float
    target: float
    verdict: VerdictSlug
    flagged: bool
    who: float | None
    company: float | None
    towards: float | None


KEPT_SCORE = tuple(getattr(AreaScore, name) for name in KeptScore._fields)


class AreaResult(Base):
    """What an area shows: its verdict is the worst level's, its score the binding level's (DECISIONS 17).

    From a fix until what is seen since takes over, verdict, levels and chance are those of the day it went live
    (`reshadowing`), the score is today's, and what was seen counts from both epochs.
    """

    __tablename__ = "area_result"
    __table_args__ = (Index("ix_area_result_journey", "journey_id", "scope"),)

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(String(32), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"))
    epoch: Mapped[int]
    verdict: Mapped[VerdictSlug] = mapped_column(String(24))
    binding_level: Mapped[Level | None] = mapped_column(String(16))
    shown_level: Mapped[Level | None] = mapped_column(String(16))
    score: Mapped[float | None]
    se: Mapped[float | None]
    p_below: Mapped[float | None]
    target: Mapped[float | None]
    rows: Mapped[int]
    visits: Mapped[int]
    observers: Mapped[int]
    days: Mapped[int]
    last_at: Mapped[datetime | None]
    one_observer: Mapped[bool] = mapped_column(default=False)
    reshadowing: Mapped[bool] = mapped_column(default=False)
    #: The day of the fix, the score before it, ratings of the shown level since and how many are to decide.
    fixed_at: Mapped[datetime | None]
    score_before: Mapped[float | None]
    seen_again: Mapped[int] = mapped_column(default=0)
    planned: Mapped[int | None]

    area: Mapped[Area] = relationship()


class AreaFlag(Base):
    """A flag is a stored fact with its dates: raised at P >= 0.80, released below 0.65."""

    __tablename__ = "area_flag"
    __table_args__ = (Index("ix_area_flag_area", "panel_id", "area_id", "level", "epoch"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    level: Mapped[Level] = mapped_column(String(16))
    epoch: Mapped[int]
    raised_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    p_below: Mapped[float]


class JourneyResult(Base):
    """Index, pyramid and emotion curve of a journey in one fit (METHOD 4, 5.1), ready to show."""

    __tablename__ = "journey_result"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(String(32), primary_key=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), primary_key=True)
    figures: Mapped[KeptFigures] = mapped_column(Document)


class PanelTrend(Base):
    """How the index of a panel's journeys moved (METHOD 5.2): by journey id. Kept up by trends.py."""

    __tablename__ = "panel_trend"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True)
    journeys: Mapped[dict[str, KeptTrend]] = mapped_column(Document)
    #: None = there is none, or it held what was taken back: it is computed at once.
    fitted_at: Mapped[datetime | None]
    #: Of the scores when its rows were read.
    generation: Mapped[int]
    #: Counts how often it was forgotten: who computed meanwhile has read what is gone.
    forgotten: Mapped[int]


class Benchmark(Base):
    """What the index of a journey is held against (METHOD 5.2), on 0-100, as somebody typed it in."""

    __tablename__ = "benchmark"

    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    value: Mapped[float]
    #: None = its standard error is not known.
    error: Mapped[float | None]
    #: Of which day it is, and where it stands.
    day: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))
    #: A published index is made in another way: it is for orientation only.
    published: Mapped[bool]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PanelFit(Base):
    """When a panel was last fitted, on how much, with which effects of its observers."""

    __tablename__ = "panel_fit"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(String(32), primary_key=True)
    level: Mapped[Level] = mapped_column(String(16), primary_key=True)
    fitted_at: Mapped[datetime]
    rows: Mapped[int]
    mu: Mapped[float]
    variances: Mapped[dict[str, float]] = mapped_column(Document)
    #: None = too few rows so far: the defaults hold.
    refitted_at: Mapped[datetime | None]
    refitted_rows: Mapped[int | None]
    observers: Mapped[dict[str, float]] = mapped_column(Document)
    #: How lenient they are on the whole, by rows: Σ p_j o_j (METHOD 1.8). None = fitted before this was kept.
    lenient: Mapped[float | None]
    #: Leniency of those whose is settled: points on 1-5 and standard error (METHOD 9). Shown to each alone.
    eyes: Mapped[dict[str, list[float]] | None] = mapped_column(Document)
    #: Score and standard error of a place nobody has seen (METHOD 1.2). None = fitted before this was kept.
    base: Mapped[float | None]
    base_se: Mapped[float | None]


class PeriodFit(Base):
    """A period that reaches back before the window and was asked for: its fit has a scope of its own (periods.py)."""

    __tablename__ = "period_fit"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True)
    #: Its first day, as YYYY-MM-DD.
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    asked_at: Mapped[datetime]
    #: None = the worker is at it.
    fitted_at: Mapped[datetime | None]


class KeptFitSides(Base):
    """What putting sites or channels side by side needs of one level's fit (`statistics/sides.py`)."""

    __tablename__ = "kept_fit_sides"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True)
    level: Mapped[Level] = mapped_column(String(16), primary_key=True)
    #: Ids of its sites in their order there; where all rows are of one site, that one.
    sites: Mapped[list[int]] = mapped_column(Document)
    variances: Mapped[dict[str, float]] = mapped_column(Document)
    numbers: Mapped[bytes] = mapped_column(LargeBinary)


class KeptAreaSides(Base):
    """And of each area in its present epoch."""

    __tablename__ = "kept_area_sides"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    level: Mapped[Level] = mapped_column(String(16), primary_key=True)
    #: Of an import: the number of its group of areas that observers connect. None for visits of ours (coverage/).
    linked: Mapped[int | None]
    #: Area id -> C between the two, of the other channels of its touchpoint.
    beside: Mapped[dict[str, float]] = mapped_column(Document)
    numbers: Mapped[bytes] = mapped_column(LargeBinary)
