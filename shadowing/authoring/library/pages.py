"""The library in the database, and how its changes reach drafts. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from shadowing.authoring.editor.drafts import change_newest, draft_of
from shadowing.authoring.editor.pages import WRONG
from shadowing.authoring.editor.reading import Wrong, read_standard, read_touchpoint
from shadowing.authoring.library.models import LibraryItem
from shadowing.authoring.library.placements import KINDS, Use, cut_out, name_of, spread, uses
from shadowing.core.database import advisory_lock, db
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import STAGE_KINDS, Words
from shadowing.journeys.editing import Draft, tidy, touchpoints
from shadowing.journeys.models import Journey
from shadowing.people.models import Person

ITEM = "item"


@dataclass(frozen=True)
class JourneyUse:
    """Where an item stands in the draft of one journey, or in the journey where there is no draft."""

    id: int
    name: Words
    places: tuple[Use, ...]


@dataclass(frozen=True)
class LibraryRow:
    item: LibraryItem
    name: Words
    used: int


@dataclass(frozen=True)
class LibraryPage:
    """rows: by kind; new: kind -> an empty document for the form; wrong: field -> sentence."""

    rows: dict[str, tuple[LibraryRow, ...]]
    wrong: dict[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ItemPage:
    """places: by journey, (value of the choice, name), where it can be taken to."""

    item: LibraryItem
    name: Words
    journeys: tuple[JourneyUse, ...]
    places: tuple[tuple[Words, tuple[tuple[str, Words], ...]], ...]
    wrong: dict[str, str]
    given: Mapping[str, str]
    told: str = ""


def own_journeys() -> list[Journey]:
    query = select(Journey).where(Journey.archived_at.is_(None), Journey.origin != "import").order_by(Journey.id)
    return list(db.session.scalars(query))


def item_or_404(id: int) -> LibraryItem:
    item = db.session.get(LibraryItem, id)
    if item is None or item.retired_at is not None:
        raise Problem("not_found")
    return item


def library_page(wrong: dict[str, str] | None = None, given: Mapping[str, str] | None = None) -> LibraryPage:
    items = db.session.scalars(select(LibraryItem).where(LibraryItem.retired_at.is_(None)).order_by(LibraryItem.id))
    drafts = [draft_of(journey)[0] for journey in own_journeys()]
    rows: dict[str, list[LibraryRow]] = {kind: [] for kind in KINDS}
    for item in items:
        used = sum(len(uses(draft, item.kind, str(item.id), item.document)) for draft in drafts)
        rows[item.kind].append(LibraryRow(item, name_of(item.kind, item.document), used))
    return LibraryPage({kind: tuple(found) for kind, found in rows.items()}, _sentences(wrong), given or {})


def item_page(
    item: LibraryItem, wrong: dict[str, str] | None = None, given: Mapping[str, str] | None = None, told: str = ""
) -> ItemPage:
    journeys, places = [], []
    for journey in own_journeys():
        draft, _revision = draft_of(journey)
        found = uses(draft, item.kind, str(item.id), item.document)
        if found:
            journeys.append(JourneyUse(journey.id, draft["name"], tuple(found)))
        places.append((draft["name"], tuple(_choices(journey, draft, item.kind))))
    name = name_of(item.kind, item.document)
    return ItemPage(item, name, tuple(journeys), tuple(places), _sentences(wrong), given or {}, told)


def make(kind: str, fields: Mapping[str, str], by: Person, now: datetime) -> tuple[LibraryItem | None, Wrong]:
    """A standard or phrase written on the library's page."""
    document, wrong = read(kind, {}, fields, [])
    if wrong or document is None:
        return None, wrong
    item = LibraryItem(kind=kind, document=document, changed_at=now, changed_by=by.id)
    db.session.add(item)
    db.session.flush()
    return item, wrong


def read(
    kind: str, before: dict[str, Any], fields: Mapping[str, str], channels: list[str]
) -> tuple[dict[str, Any] | None, Wrong]:
    """What was filled in, in the shape of `kind`; None when it says nothing."""
    wrong = Wrong()
    if kind == "phrase":
        en, zh = (tidy(fields.get(f"{ITEM}-text_{language}", "")) for language in ("en", "zh"))
        if max(len(en), len(zh)) > 120:
            wrong[f"{ITEM}-text_en"] = "long"
        elif not en and not zh:
            wrong[f"{ITEM}-text_en"] = "name"
        return ({"en": en or zh, "zh": zh or en}, wrong)
    if kind == "standard":
        empty = {"text": None, "level": "utility", "kind": "standard", "limit_seconds": None}
        made = read_standard({**empty, **before, "id": ITEM}, fields, wrong, [])
        if not made["text"] and not wrong:
            wrong[f"{ITEM}-text_en"] = "name"
        return cut_out(kind, made), wrong
    made = {**before, "key": ITEM}
    wrong.update(read_touchpoint(made, fields, channels))
    return cut_out(kind, made), wrong


def change_item(item: LibraryItem, document: dict[str, Any], everywhere: bool, by: Person, now: datetime) -> int:
    """The item itself; everywhere: also the draft of each journey that uses it. How many places changed."""
    advisory_lock(f"library:{item.id}")
    before, places = item.document, 0
    item.document, item.revision, item.changed_at, item.changed_by = document, item.revision + 1, now, by.id
    if not everywhere:
        return 0
    for journey in own_journeys():
        draft, _revision = draft_of(journey)
        if uses(draft, item.kind, str(item.id), before):
            places += change_newest(
                journey, by, now, lambda draft: spread(draft, item.kind, str(item.id), before, document)
            )
    db.session.flush()
    return places


def _choices(journey: Journey, draft: Draft, kind: str) -> list[tuple[str, Words]]:
    if kind == "touchpoint":
        return [(f"{journey.id}:{stage}", Words(**names)) for stage, names in STAGE_KINDS.items()]
    return [(f"{journey.id}:{each['key']}", each["name"]) for _, each in touchpoints(draft)]


def _sentences(wrong: dict[str, str] | None) -> dict[str, str]:
    return {name: str(WRONG[what]) for name, what in (wrong or {}).items()}
