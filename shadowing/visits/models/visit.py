"""Visits, their observations, and every version of both that ever arrived."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TypedDict

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    func,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shadowing.core.database import Base, Document
from shadowing.core.vocabulary import VISIT_MODES, VISIT_STATUSES
from shadowing.journeys.models import Area
from shadowing.people.models import Person, Site
from shadowing.visits.models.bodies import ObservationBody, VisitBody

RATED = "{0} is null or {0} between 1 and 5"
FELT = "{0} is null or {0} between -2 and 2"
SERIOUS = text("serious IS NOT NULL")


class Visit(Base):
    """One observer beside one customer along one journey. The phone makes the id."""

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint(f"mode in {tuple(VISIT_MODES)}", name="mode"),
        CheckConstraint(f"status in {tuple(VISIT_STATUSES)}", name="status"),
        CheckConstraint(RATED.format("satisfaction"), name="satisfaction"),
        CheckConstraint(RATED.format("come_again"), name="come_again"),
        Index("ix_visit_panel_journey", "panel_id", "journey_id", "started_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import.id"), index=True)
    #: Imports only: tells the file's observers apart without naming them.
    pseudonym: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    body: Mapped[VisitBody | None] = mapped_column(Document)
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"))
    journey_version: Mapped[int]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    persona_id: Mapped[int | None] = mapped_column(ForeignKey("persona.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True)
    mode: Mapped[str] = mapped_column(String(16), default="shadowed")
    encounter_id: Mapped[uuid.UUID | None]
    status: Mapped[str] = mapped_column(String(16), default="in_progress")
    practice: Mapped[bool] = mapped_column(default=False)
    consent: Mapped[str | None] = mapped_column(String(16))
    #: Asked on their own; empty: as the answer.
    consent_photos: Mapped[bool | None]
    consent_voice: Mapped[bool | None]
    customer_label: Mapped[str | None] = mapped_column(String(40))
    withdrawal_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    purpose: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(16))
    satisfaction: Mapped[int | None]
    come_again: Mapped[int | None]
    #: As the phone says; where it does not, the moment of arrival, so that no visit falls out of a window.
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    #: Of the site's clock when it began, east of UTC; what the phone's clock said stays in the body.
    offset_minutes: Mapped[int] = mapped_column(default=0)
    marks: Mapped[list[str]] = mapped_column(Document, default=list)
    received_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()
    site: Mapped[Site | None] = relationship()

    @hybrid_property
    def counts(self) -> bool:
        """Whether it is one of the visits that pages count, and its observations enter totals and scores."""
        return not (self.practice or self.deleted_at or self.withdrawn_at)

    @counts.inplace.expression
    @classmethod
    def _counts(cls) -> ColumnElement[bool]:
        return and_(cls.practice.is_(False), cls.deleted_at.is_(None), cls.withdrawn_at.is_(None))

    @hybrid_property
    def words_may_be_shown(self) -> bool:
        """A customer who said no lends us numbers, never quotes or photos (DECISIONS 8)."""
        return self.counts and self.consent != "no"

    @words_may_be_shown.inplace.expression
    @classmethod
    def _words_may_be_shown(cls) -> ColumnElement[bool]:
        return and_(cls.counts, func.coalesce(cls.consent, "") != "no")

    @property
    def photos_may_be_shown(self) -> bool:
        """Whoever agreed to be accompanied may still have wanted no pictures."""
        return self.words_may_be_shown and self.consent_photos is not False

    @property
    def voice_may_be_heard(self) -> bool:
        """The same of voice notes."""
        return self.words_may_be_shown and self.consent_voice is not False


class CountedFacts(TypedDict):
    """What an observation adds to the totals: where and on which day (YYYY-MM-DD), and its facts, (kind, key) each.

    site: 0 = none.
    """

    panel: int
    area: int
    site: int
    day: str
    facts: list[list[str]]


class Observation(Base):
    """What was seen at one touchpoint of one visit. May arrive before its visit."""

    __tablename__ = "observation"
    __table_args__ = (
        *(CheckConstraint(RATED.format(name), name=name) for name in ("utility", "usability", "delight")),
        *(CheckConstraint(FELT.format(name), name=name) for name in ("expectation", "emotion")),
        # Everything a fit reads, so that it never touches notes and bodies.
        Index(
            "ix_observation_fit",
            "panel_id",
            "scored",
            "observed_at",
            "area_id",
            "visit_id",
            "person_id",
            "site_id",
            "offset_minutes",
            "utility",
            "usability",
            "delight",
            "emotion",
            "expectation",
        ),
        # The few that are serious, found without looking at the rest.
        Index("ix_observation_serious", "panel_id", "scored", sqlite_where=SERIOUS, postgresql_where=SERIOUS),
        # An area's observations, newest first, with all that its page counts: none is opened for it. In this order
        # SQLite prefers it to the one above, which would read the window of every area.
        Index(
            "ix_observation_area",
            "area_id",
            "panel_id",
            "scored",
            "observed_at",
            "speaks",
            "site_id",
            "utility",
            "usability",
            "delight",
        ),
        Index("ix_observation_import", "import_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    visit_id: Mapped[uuid.UUID] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    panel_id: Mapped[int | None] = mapped_column(ForeignKey("panel.id"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    revision: Mapped[int] = mapped_column(default=1)
    body: Mapped[ObservationBody | None] = mapped_column(Document)
    utility: Mapped[int | None]
    usability: Mapped[int | None]
    delight: Mapped[int | None]
    expectation: Mapped[int | None]
    emotion: Mapped[int | None]
    serious: Mapped[str | None] = mapped_column(String(16))
    mark: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(Text)
    quote: Mapped[str | None] = mapped_column(Text)
    #: Has words, a serious mark or a photo: worth showing beside a number.
    speaks: Mapped[bool] = mapped_column(default=False)
    observed_at: Mapped[datetime]
    #: Of the site's clock at that moment: the fit tells days apart by it.
    offset_minutes: Mapped[int] = mapped_column(default=0)
    #: In totals and scores at present; `counted` is exactly what was added, so it can be taken away again.
    scored: Mapped[bool] = mapped_column(default=False)
    counted: Mapped[CountedFacts | None] = mapped_column(Document)
    marks: Mapped[list[str]] = mapped_column(Document, default=list)
    received_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    @hybrid_property
    def stands(self) -> bool:
        """Neither deleted nor taken back; whether it counts depends on its visit too (`scored`)."""
        return not (self.deleted_at or self.withdrawn_at)

    @stands.inplace.expression
    @classmethod
    def _stands(cls) -> ColumnElement[bool]:
        return and_(cls.deleted_at.is_(None), cls.withdrawn_at.is_(None))

    area: Mapped[Area | None] = relationship()
    person: Mapped[Person | None] = relationship()
    visit: Mapped[Visit | None] = relationship(primaryjoin="foreign(Observation.visit_id) == Visit.id", viewonly=True)


class Revision(Base):
    """Every version of a visit or observation that ever arrived. Append-only (withdrawal aside).

    `standing` is `current` (it was or is the record), `late` (older than the record on arrival)
    or `conflict` (it did not start from the current one; a person chooses).
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("record_id", "number", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[uuid.UUID] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(16))
    number: Mapped[int]
    base: Mapped[int | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    standing: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    body: Mapped[VisitBody | ObservationBody] = mapped_column(Document)
    received_at: Mapped[datetime]
