"""What a journey is made of, as a draft, a pack, a file and a published version hold it. Pure shapes.

Packs and files leave out what is usual; a key that may be missing is `NotRequired`.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from shadowing.core.vocabulary import Level, Words


class BasisDraft(TypedDict):
    """Where a standard comes from."""

    kind: str
    text: Words


class StandardContent(TypedDict):
    """What a standard says, wherever it stands. limit_seconds: None = without one."""

    text: Words
    level: Level
    kind: str
    limit_seconds: NotRequired[int | None]
    where: NotRequired[Words | None]
    answer: NotRequired[Words | None]
    factor: NotRequired[str | None]
    basis: NotRequired[BasisDraft | None]
    source: NotRequired[str | None]
    principle: NotRequired[str]


class StandardDraft(StandardContent):
    """library, principle: ids of this installation. checked_by: the id of the standard that checks this promise."""

    id: str
    checked_by: NotRequired[str | None]
    library: NotRequired[str]


class TouchpointContent(TypedDict):
    """What a touchpoint is, wherever it stands. department: whose it is."""

    name: Words
    need: NotRequired[Words | None]
    channels: list[str]
    longest_wait_seconds: NotRequired[int | None]
    targets: NotRequired[dict[Level, float]]
    importance: NotRequired[dict[str, int]]
    factors: NotRequired[list[str]]
    phrases: NotRequired[list[Words]]
    standards: NotRequired[list[StandardDraft]]
    department: NotRequired[int | None]


class TouchpointDraft(TouchpointContent):
    """id: only in what was published. library: the id of the item it was taken from."""

    key: str
    id: NotRequired[str]
    volume_per_month: NotRequired[int | None]
    library: NotRequired[str]


class StageDraft(TypedDict):
    """name: imports have none."""

    kind: str
    id: NotRequired[str]
    name: Words | None
    touchpoints: list[TouchpointDraft]


class NeedDraft(TypedDict):
    """at: keys of the touchpoints that serve it."""

    key: str
    text: Words
    at: list[str]


class PersonaDraft(TypedDict):
    key: str
    kind: str
    name: Words
    needs: list[NeedDraft]


class PurposeDraft(TypedDict):
    key: str
    name: Words


class ScenarioDraft(TypedDict):
    key: str
    text: Words


class ConsentText(Words):
    text_version: str


class Draft(TypedDict):
    """anchors: level -> rating as text -> words. consent: imports, where nobody was asked, have none.

    served: a slug of vocabulary.SERVED; short: beginners are asked the three levels and the feeling alone.
    """

    name: Words
    need: NotRequired[Words | None]
    consent: NotRequired[ConsentText]
    anchors: NotRequired[dict[Level, dict[str, Words]]]
    purposes: NotRequired[list[PurposeDraft]]
    scenarios: NotRequired[list[ScenarioDraft]]
    personas: NotRequired[list[PersonaDraft]]
    served: NotRequired[str | None]
    short: NotRequired[bool]
    stages: list[StageDraft]
