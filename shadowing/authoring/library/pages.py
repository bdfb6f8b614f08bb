"""The library in the database, and how its changes reach drafts. Callers commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select

from shadowing.authoring.editor.drafts import change_newest, draft_of
from shadowing.authoring.editor.pages import WRONG
from shadowing.authoring.editor.reading import Wrong, read_standard, read_touchpoint
from shadowing.authoring.library.forms import LibraryItemForm
from shadowing.authoring.library.models import ItemDocument, ItemKind, LibraryItem
from shadowing.authoring.library.placements import KINDS, Use, name_of, spread, standard_item, touchpoint_item, uses
from shadowing.core.database import advisory_lock, db
from shadowing.core.forms import sent
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import STAGE_KINDS, Words
from shadowing.journeys.draft import StandardContent, StandardDraft, TouchpointContent, TouchpointDraft
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
    """rows: by kind."""

    rows: dict[ItemKind, tuple[LibraryRow, ...]]


@dataclass(frozen=True)
class ItemPage:
    """places: by journey, (value of the choice, name), where it can be taken to."""

    item: LibraryItem
    name: Words
    journeys: tuple[JourneyUse, ...]
    places: tuple[tuple[Words, tuple[tuple[str, Words], ...]], ...]


def own_journeys() -> list[Journey]:
    query = select(Journey).where(Journey.archived_at.is_(None), Journey.origin != "import").order_by(Journey.id)
    return list(db.session.scalars(query))


def item_or_404(id: int) -> LibraryItem:
    item = db.session.get(LibraryItem, id)
    if item is None or item.retired_at is not None:
        raise Problem("not_found")
    return item


def library_page() -> LibraryPage:
    items = db.session.scalars(select(LibraryItem).where(LibraryItem.retired_at.is_(None)).order_by(LibraryItem.id))
    drafts = [draft_of(journey)[0] for journey in own_journeys()]
    rows: dict[ItemKind, list[LibraryRow]] = {kind: [] for kind in KINDS}
    for item in items:
        used = sum(len(uses(draft, item.kind, str(item.id), item.document)) for draft in drafts)
        rows[item.kind].append(LibraryRow(item, name_of(item.kind, item.document), used))
    return LibraryPage({kind: tuple(found) for kind, found in rows.items()})


def item_page(item: LibraryItem) -> ItemPage:
    journeys, places = [], []
    for journey in own_journeys():
        draft, _revision = draft_of(journey)
        found = uses(draft, item.kind, str(item.id), item.document)
        if found:
            journeys.append(JourneyUse(journey.id, draft["name"], tuple(found)))
        places.append((draft["name"], tuple(_choices(journey, draft, item.kind))))
    return ItemPage(item, name_of(item.kind, item.document), tuple(journeys), tuple(places))


def make(kind: ItemKind, form: LibraryItemForm, by: Person, now: datetime) -> LibraryItem:
    """A standard or phrase written on the library's page. Raises Problem invalid."""
    item = LibraryItem(kind=kind, document=read(kind, None, form), changed_at=now, changed_by=by.id)
    db.session.add(item)
    db.session.flush()
    return item


def read(kind: ItemKind, before: ItemDocument | None, form: LibraryItemForm) -> ItemDocument:
    """What was filled in, in the shape of `kind`; before: of an item that is changed.

    Raises Problem invalid, with every field at fault.
    """
    wrong = Wrong()
    document = _READ[kind](before or {}, form, wrong)
    if wrong:
        raise Problem("invalid", [(name, WRONG[what]) for name, what in wrong.items()])
    return document


def change_item(item: LibraryItem, document: ItemDocument, everywhere: bool, by: Person, now: datetime) -> int:
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


def _phrase(_before: Mapping[str, object], form: LibraryItemForm, wrong: Wrong) -> Words:
    en, zh = tidy(form.text_en.data or ""), tidy(form.text_zh.data or "")
    if max(len(en), len(zh)) > 120:
        wrong[f"{ITEM}-text_en"] = "long"
    elif not en and not zh:
        wrong[f"{ITEM}-text_en"] = "name"
    return Words(en=en or zh, zh=zh or en)


def _standard(before: Mapping[str, object], form: LibraryItemForm, wrong: Wrong) -> StandardContent:
    empty = {"text": None, "level": "utility", "kind": "standard", "limit_seconds": None}
    blank = cast("StandardDraft", {**empty, **before, "id": ITEM})
    made = read_standard(blank, sent(form), wrong, [])
    if not made["text"] and not wrong:
        wrong[f"{ITEM}-text_en"] = "name"
    return standard_item(made)


def _touchpoint(before: Mapping[str, object], form: LibraryItemForm, wrong: Wrong) -> TouchpointContent:
    made = cast("TouchpointDraft", {**before, "key": ITEM})
    wrong.update(read_touchpoint(made, sent(form), form.channels.data or []))
    return touchpoint_item(made)


_Read = Callable[[Mapping[str, object], LibraryItemForm, Wrong], ItemDocument]
_READ: dict[ItemKind, _Read] = {"phrase": _phrase, "standard": _standard, "touchpoint": _touchpoint}


def _choices(journey: Journey, draft: Draft, kind: ItemKind) -> list[tuple[str, Words]]:
    if kind == "touchpoint":
        return [(f"{journey.id}:{stage}", Words(**names)) for stage, names in STAGE_KINDS.items()]
    return [(f"{journey.id}:{each['key']}", each["name"]) for _, each in touchpoints(draft)]
