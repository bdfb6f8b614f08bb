"""What an observer noted, as it travelled and as it is kept (DECISIONS 8, 9): every field may be missing.

phone/sync/schemas.py checks it field by field; beside these lie whatever fields a newer phone sends.
"""

from __future__ import annotations

from typing import Literal, TypedDict

Feeling = Literal["emotion", "expectation"]
Wait = Literal["notice", "wait", "service", "menu", "hold", "talk", "transfers"]
#: Parts of an observation that are counted, ratings and feelings aside.
Part = Literal["timings", "handover", "about", "serious", "standards", "factors", "held_back", "reasons"]
RatedField = Literal["utility", "usability", "delight", "emotion", "expectation"]
#: Which of an observation's media, and where those stand that were taken off.
MediaField = Literal["photos", "sounds"]
RemovedField = Literal["removed_photos", "removed_sounds"]


class ConsentBody(TypedDict, total=False):
    answer: str
    photos: bool
    voice: bool
    text_version: str | int
    at: str


class SkippedBody(TypedDict):
    touchpoint_id: str
    reason: str


class VisitBody(TypedDict, total=False):
    """Ids and moments are text."""

    id: str
    revision: int
    base_revision: int
    deleted_at: str
    journey_id: str
    journey_version: int
    site_id: str
    persona_id: str
    scenario: str
    mode: str
    encounter_id: str
    channel: str
    plan_id: str
    started_at: str
    ended_at: str
    status: str
    practice: bool
    consent: ConsentBody
    customer_label: str
    withdrawal_hash: str
    purpose: str
    heard_from: str
    outcome: str
    satisfaction: int
    come_again: int
    context_note: str
    skipped: list[SkippedBody]


class TimingsBody(TypedDict, total=False):
    """Seconds; how often the customer was transferred."""

    notice: float
    wait: float
    service: float
    menu: float
    hold: float
    talk: float
    transfers: int


class FactorBody(TypedDict):
    factor: str
    effect: str


class PinBody(TypedDict, total=False):
    x: float
    y: float
    note: str


class PhotoBody(TypedDict, total=False):
    id: str
    sha256: str
    bytes: int
    caption: str
    pins: list[PinBody]


class SoundBody(TypedDict, total=False):
    id: str
    sha256: str
    bytes: int
    seconds: float


class ObservationBody(TypedDict, total=False):
    """Ratings 1-5, feelings -2-2; ids and moments are text. standards: the id of each -> met, not_met or not_seen."""

    id: str
    revision: int
    base_revision: int
    deleted_at: str
    visit_id: str
    touchpoint_id: str | None
    label: str
    channel: str
    utility: int
    usability: int
    delight: int
    expectation: int
    emotion: int
    timings: TimingsBody
    handover: str
    standards: dict[str, str]
    factors: list[FactorBody]
    reasons: list[str]
    about: str
    held_back: list[str]
    serious: str
    mark: str
    note: str
    quote: str
    observed_at: str
    rated_at: str
    photos: list[PhotoBody]
    removed_photos: list[str]
    sounds: list[SoundBody]
    removed_sounds: list[str]
