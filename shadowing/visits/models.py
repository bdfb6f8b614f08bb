"""Visits, observations and their revisions, plans, and the totals kept up with every accepted write."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shadowing.accounts.models import Person, Site
from shadowing.database import Base, Document
from shadowing.journeys.models import Area
from shadowing.vocabulary import VISIT_MODES, VISIT_STATUSES

RATED = "{0} is null or {0} between 1 and 5"
FELT = "{0} is null or {0} between -2 and 2"
SERIOUS = text("serious IS NOT NULL")


class Panel(Base):
    """One fit group: all live visits, the competitors' walks, or one import (DECISIONS 18)."""

    __tablename__ = "panel"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    #: Imports only: the newest row; their window ends there instead of today.
    anchored_at: Mapped[datetime | None]
    #: Imports only: the file named no dates, so one day stands for all.
    undated: Mapped[bool] = mapped_column(default=False)


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
    body: Mapped[dict[str, Any] | None] = mapped_column(Document)
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
    customer_label: Mapped[str | None] = mapped_column(String(40))
    withdrawal_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    purpose: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(16))
    satisfaction: Mapped[int | None]
    come_again: Mapped[int | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    offset_minutes: Mapped[int] = mapped_column(default=0)
    marks: Mapped[list[str]] = mapped_column(Document, default=list)
    received_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()
    site: Mapped[Site | None] = relationship()

    @property
    def counts(self) -> bool:
        """Whether its observations enter totals and scores."""
        return not (self.practice or self.deleted_at or self.withdrawn_at)

    @property
    def words_may_be_shown(self) -> bool:
        """A customer who said no lends us numbers, never quotes or photos."""
        return self.consent != "no" and not self.withdrawn_at and not self.deleted_at


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
        # What has words or a photo, newest first: the pages' evidence.
        Index("ix_observation_speaks", "area_id", "speaks", "observed_at"),
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
    body: Mapped[dict[str, Any] | None] = mapped_column(Document)
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
    offset_minutes: Mapped[int] = mapped_column(default=0)
    #: In totals and scores at present; `counted` is exactly what was added, so it can be taken away again.
    scored: Mapped[bool] = mapped_column(default=False)
    counted: Mapped[dict[str, Any] | None] = mapped_column(Document)
    marks: Mapped[list[str]] = mapped_column(Document, default=list)
    received_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

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
    body: Mapped[dict[str, Any]] = mapped_column(Document)
    received_at: Mapped[datetime]


class Plan(Base):
    """A visit somebody should make. No observer = an open slot anyone may take."""

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"))
    touchpoint_ids: Mapped[list[str] | None] = mapped_column(Document)
    channel: Mapped[str | None] = mapped_column(String(32))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    persona_id: Mapped[int | None] = mapped_column(ForeignKey("persona.id"))
    scenario: Mapped[str | None] = mapped_column(String(120))
    mode: Mapped[str] = mapped_column(String(16), default="shadowed")
    kind: Mapped[str] = mapped_column(String(16), default="normal")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    observer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    customer_label: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Text)
    #: Walks along with whoever takes the slot and shows the first taps.
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Plans of two observers beside one customer share it; their visits take it over.
    encounter_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    #: Plans that were made together, every week or so, share it.
    series: Mapped[uuid.UUID | None] = mapped_column(index=True)
    planned_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime | None]
    declined_reason: Mapped[str | None] = mapped_column(Text)
    declined_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    observer: Mapped[Person | None] = relationship(foreign_keys=[observer_id])
    companion: Mapped[Person | None] = relationship(foreign_keys=[companion_id])
    site: Mapped[Site] = relationship()


class VisitPath(Base):
    """The way one visit went, kept up by the worker, so that coverage never scans observations.

    steps: what counts, in time order, packed as paths.py says.
    """

    __tablename__ = "visit_path"
    __table_args__ = (Index("ix_visit_path_journey", "panel_id", "journey_id", "last_at"),)

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"), primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    persona_id: Mapped[int | None] = mapped_column(ForeignKey("persona.id"))
    scenario: Mapped[str | None] = mapped_column(String(120))
    #: The customer: shared by observers who walked beside the same one.
    encounter: Mapped[str] = mapped_column(String(32))
    last_at: Mapped[datetime]
    steps: Mapped[str] = mapped_column(Text)


class Tally(Base):
    """Counts kept up with every accepted write, so that pages never scan observations.

    kind says what is counted: a level (key = rating), emotion, expectation, handover, a timing (key =
    seconds), `standard:<key>`, `factor:<slug>`, `reason:<level>`; n = how many observations said so.
    """

    __tablename__ = "tally"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    site_id: Mapped[int] = mapped_column(primary_key=True, default=0)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    kind: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    n: Mapped[int] = mapped_column(default=0)


class ScoreChange(Base):
    """A visit whose rows changed; the worker deletes what it consumed (DECISIONS 20).

    Without a visit the whole panel needs another look (an import, a target, a new epoch).
    """

    __tablename__ = "score_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[uuid.UUID | None]
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))


class Import(Base):
    """One spreadsheet taken in: what it was, how it was read, and that rows in = imported + refused."""

    __tablename__ = "import"

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64))
    map: Mapped[dict[str, Any]] = mapped_column(Document)
    rows_in: Mapped[int]
    rows_imported: Mapped[int]
    rows_known: Mapped[int] = mapped_column(default=0)
    rows_refused: Mapped[int]
    refused: Mapped[list[dict[str, Any]]] = mapped_column(Document, default=list)
    ratings: Mapped[int]
    not_marks: Mapped[int]
    finished_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime | None]


class ImportDraft(Base):
    """A spreadsheet on its way in through the browser; nothing of it is stored until a person says so.

    state: `matching`, `waiting` (for the worker), `done`, `failed`; `wanted` is what the worker shall do,
    `try` or `import`. Its bytes lie in the store under `uploads/<id>`.
    """

    __tablename__ = "import_draft"
    __table_args__ = (CheckConstraint("state in ('matching', 'waiting', 'done', 'failed')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    journey_name: Mapped[str] = mapped_column(String(120))
    day: Mapped[date | None]
    known_map: Mapped[str | None] = mapped_column(String(120))
    columns: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    rows: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default="matching")
    wanted: Mapped[str | None] = mapped_column(String(8))
    progress: Mapped[int] = mapped_column(default=0)
    #: Of the last trial or of the import: counts and refused rows; None until tried with the present columns.
    outcome: Mapped[dict[str, Any] | None] = mapped_column(Document)
    complaint: Mapped[dict[str, Any] | None] = mapped_column(Document)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import.id"))
    changed_at: Mapped[datetime]
