"""Taking in a rescue file: the rules of the phone's door, for what is carried to it by hand. Safe to repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.people.models import Person
from shadowing.phone.keys.keeping import find_key
from shadowing.phone.sync.receive import Answer, Sent, receive
from shadowing.phone.sync.rescue_file import MEDIA, MediaLine, Rescue, Word
from shadowing.phone.sync.rescue_sealed import open_sealed
from shadowing.visits.media.intake import Arrived, again, drop, keep, look, take_in
from shadowing.visits.media.kinds import PHOTO, SOUND, MediumKind

BATCH = 200
KINDS: dict[str, MediumKind[Any]] = {"photo": PHOTO, "sound": SOUND}


class RefusedEntry(NamedTuple):
    """Something that was not taken, and why."""

    what: str
    why: str


@dataclass
class RescueOutcome:
    """What became of a file. `new` counts newer revisions too; `here` was here already, or taken back.

    Voice notes are counted with the photos.
    """

    new: int = 0
    here: int = 0
    photos: int = 0
    photos_here: int = 0
    refused: list[RefusedEntry] = field(default_factory=list)


def take_in_rescue(rescue: Rescue, now: datetime, dry_run: bool = False) -> RescueOutcome:
    """Everything of people we know; one transaction, so nothing is half done. The caller commits or rolls back."""
    people = _people(rescue.makers)
    outcome = RescueOutcome()
    for line, why in open_sealed(rescue, _key):
        outcome.refused.append(RefusedEntry(f"line {line}, sealed", why))
    everything: list[Word | MediaLine] = [*rescue.words, *rescue.media]
    for each in everything:
        if each.maker not in people:
            outcome.refused.append(RefusedEntry(_name(each), f"nobody here has the number {each.maker}."))
    arrived = list(_safe(rescue, people, outcome, dry_run))  # bytes first: nobody waits for the disk
    for maker, words in groupby((word for word in rescue.words if word.maker in people), key=lambda word: word.maker):
        _receive(list(words), people[maker], now, outcome)
    for medium, safe in arrived:
        _file(medium, safe, people[medium.maker], now, outcome)
    return outcome


def _people(makers: Iterable[str]) -> dict[str, Person]:
    numbers = {our_id(maker) for maker in makers} - {None}
    return {str(person.id): person for person in db.session.scalars(select(Person).where(Person.id.in_(numbers)))}


def _key(maker: str, phone: UUID) -> bytes | None:
    number = our_id(maker)
    return None if number is None else find_key(number, phone)


def _safe(
    rescue: Rescue, people: dict[str, Person], outcome: RescueOutcome, dry_run: bool
) -> Iterator[tuple[MediaLine, Arrived[Any]]]:
    """Photos and voice notes we do not hold, their bytes durably written (looked at only, on a dry run)."""
    for medium in rescue.media:
        if medium.maker not in people:
            continue
        kind = KINDS[medium.kind]
        try:
            if again(kind, medium.id, people[medium.maker].id, medium.sha256):
                outcome.photos_here += 1
                continue
            take = look if dry_run else keep
            yield medium, take(kind, medium.id, rescue.bytes_of(medium), medium.sha256)
        except Problem as problem:
            outcome.refused.append(RefusedEntry(_name(medium), problem.sentence))


def _receive(words: list[Word], person: Person, now: datetime, outcome: RescueOutcome) -> None:
    waiting = iter(words)
    while batch := list(islice(waiting, BATCH)):
        answers = receive([Sent(word.kind, word.document) for word in batch], person, now)
        db.session.flush()
        for word, answer in zip(batch, answers, strict=True):
            _count(word, answer, outcome)


def _count(word: Word, answer: Answer | Problem, outcome: RescueOutcome) -> None:
    if isinstance(answer, Problem):
        fields = " ".join(f"{path}: {message}" for path, message in answer.errors)
        outcome.refused.append(RefusedEntry(_name(word), f"{answer.sentence} {fields}".rstrip()))
    elif answer.status == 201:
        outcome.new += 1
    else:
        outcome.here += 1


def _file(medium: MediaLine, arrived: Arrived[Any], person: Person, now: datetime, outcome: RescueOutcome) -> None:
    if again(arrived.kind, medium.id, person.id, medium.sha256):  # the same one twice in the file
        outcome.photos_here += 1
        return
    if take_in(arrived, medium.observation_id, person.id, now) is None:  # the customer took it back
        drop(arrived)
        outcome.photos_here += 1
        return
    db.session.flush()
    outcome.photos += 1


def _name(each: Word | MediaLine) -> str:
    if isinstance(each, MediaLine):
        return f"line {each.line}, {MEDIA[each.kind]} {each.id}"
    said = each.document.get("id") if isinstance(each.document, dict) else None
    return f"line {each.line}, {each.kind} {said or 'without an id'}"
