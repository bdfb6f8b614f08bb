"""What phones may send: visits and observations, checked field by field (DECISIONS 8, 9). No database, no web.

Unknown fields are kept and ignored.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
)

from shadowing.core.choices import one_of
from shadowing.core.vocabulary import (
    ABOUT,
    CONSENT_ANSWERS,
    FACTOR_EFFECTS,
    FACTORS,
    HANDOVERS,
    HELD_BACK,
    LONGEST_LABEL,
    LONGEST_TEXT,
    LOW_RATING,
    MARKS,
    MOST_PINS,
    OUTCOMES,
    REASONS,
    SERIOUS_KINDS,
    SKIP_REASONS,
    STANDARD_STATES,
    VISIT_MODES,
    VISIT_STATUSES,
)

LONGEST_SECONDS = 7 * 24 * 3600
EVERY_REASON = [reason for of_level in REASONS.values() for reason in of_level]


def _phone_made(value: UUID) -> UUID:
    if value.int == 0:
        raise ValueError("must not be all zeros")
    return value


Identifier = Annotated[UUID, AfterValidator(_phone_made)]
Reference = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Rating = Annotated[StrictInt, Field(ge=1, le=5)]
Feeling = Annotated[StrictInt, Field(ge=-2, le=2)]
Seconds = Annotated[float, Field(ge=0, le=LONGEST_SECONDS, strict=True)]
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Line = Annotated[str, StringConstraints(max_length=200)]
Label = Annotated[str, StringConstraints(max_length=LONGEST_LABEL)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[StrictInt, Field(ge=1, le=2**31 - 1)]


class WirePart(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)


class Record(WirePart):
    """What visits and observations share."""

    id: Identifier
    revision: Count = 1
    base_revision: Annotated[StrictInt, Field(ge=0, le=2**31 - 1)] | None = None
    deleted_at: AwareDatetime | None = None


class ConsentAnswer(WirePart):
    """photos, voice: asked on their own; a phone that does not say means its answer."""

    answer: Annotated[str, one_of(CONSENT_ANSWERS)] | None = None
    photos: StrictBool | None = None
    voice: StrictBool | None = None
    text_version: Annotated[str, StringConstraints(max_length=40)] | StrictInt | None = None
    at: AwareDatetime | None = None


class Skipped(WirePart):
    touchpoint_id: Reference
    reason: Annotated[str, one_of(SKIP_REASONS)]


class VisitRecord(Record):
    """A visit as phones send it (DECISIONS 8)."""

    journey_id: Reference
    journey_version: Count = 1
    site_id: Reference | None = None
    persona_id: Reference | None = None
    scenario: Line | None = None
    mode: Annotated[str, one_of(VISIT_MODES)] = "shadowed"
    encounter_id: Identifier | None = None
    channel: Annotated[str, StringConstraints(max_length=32)] | None = None
    plan_id: Reference | None = None
    started_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    status: Annotated[str, one_of(VISIT_STATUSES)] = "in_progress"
    practice: StrictBool = False
    consent: ConsentAnswer | None = None
    customer_label: Label | None = None
    withdrawal_hash: Digest | None = None
    purpose: Text | None = None
    heard_from: Line | None = None
    outcome: Annotated[str, one_of(OUTCOMES)] | None = None
    satisfaction: Rating | None = None
    come_again: Rating | None = None
    context_note: Text | None = None
    skipped: Annotated[list[Skipped], Field(max_length=500)] = []


class Timings(WirePart):
    """Seconds of each wait; how often the customer was transferred."""

    notice: Seconds | None = None
    wait: Seconds | None = None
    service: Seconds | None = None
    menu: Seconds | None = None
    hold: Seconds | None = None
    talk: Seconds | None = None
    transfers: Annotated[StrictInt, Field(ge=0, le=100)] | None = None


class Factor(WirePart):
    factor: Annotated[str, one_of(FACTORS)]
    effect: Annotated[str, one_of(FACTOR_EFFECTS)]


class Pin(WirePart):
    """A number on a picture: where, from its upper left corner in parts of its size, and what is there."""

    x: Annotated[float, Field(ge=0, le=1)]
    y: Annotated[float, Field(ge=0, le=1)]
    note: Line | None = None


class PhotoEntry(WirePart):
    """What the phone knows of a photo it holds for this observation."""

    id: Identifier
    sha256: Digest | None = None
    bytes: Annotated[StrictInt, Field(ge=0)] | None = None
    caption: Line | None = None
    pins: Annotated[list[Pin], Field(max_length=MOST_PINS)] = []


class SoundEntry(WirePart):
    """What the phone knows of a voice note it holds for this observation."""

    id: Identifier
    sha256: Digest | None = None
    bytes: Annotated[StrictInt, Field(ge=0)] | None = None
    seconds: Seconds | None = None


class ObservationRecord(Record):
    """An observation as phones send it (DECISIONS 9)."""

    visit_id: Identifier
    touchpoint_id: Reference | None = None
    label: Line | None = None
    channel: Annotated[str, StringConstraints(max_length=32)] | None = None
    utility: Rating | None = None
    usability: Rating | None = None
    delight: Rating | None = None
    expectation: Feeling | None = None
    emotion: Feeling | None = None
    timings: Timings | None = None
    handover: Annotated[str, one_of(HANDOVERS)] | None = None
    standards: Annotated[dict[Reference, Annotated[str, one_of(STANDARD_STATES)]], Field(max_length=200)] = {}
    factors: Annotated[list[Factor], Field(max_length=40)] = []
    reasons: Annotated[list[Annotated[str, one_of(EVERY_REASON)]], Field(max_length=40)] = []
    about: Annotated[str, one_of(ABOUT)] | None = None
    held_back: Annotated[list[Annotated[str, one_of(HELD_BACK)]], Field(max_length=20)] = []
    serious: Annotated[str, one_of(SERIOUS_KINDS)] | None = None
    mark: Annotated[str, one_of(MARKS)] | None = None
    note: Text | None = None
    quote: Text | None = None
    observed_at: AwareDatetime
    rated_at: AwareDatetime | None = None
    photos: Annotated[list[PhotoEntry], Field(max_length=100)] = []
    removed_photos: Annotated[list[Identifier], Field(max_length=500)] = []
    sounds: Annotated[list[SoundEntry], Field(max_length=100)] = []
    removed_sounds: Annotated[list[Identifier], Field(max_length=500)] = []

    def reasons_of(self, level: str) -> list[str]:
        """Reasons given for a level; kept only where that level was rated low."""
        rating = getattr(self, level)
        low = rating is not None and rating <= LOW_RATING
        return [reason for reason in self.reasons if low and reason in REASONS[level]]
