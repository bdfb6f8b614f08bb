"""Taking in a rescue file: the rules of the phone's door, for what is carried to it by hand. Safe to repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from typing import NamedTuple

from sqlalchemy import select

from shadowing.accounts.models import Person
from shadowing.database import db
from shadowing.photos.intake import Arrived, again, drop_arrived, keep, look, take_in
from shadowing.problems import Problem
from shadowing.sync.receive import Receipt, Sent, receive
from shadowing.sync.rescue_file import Picture, Rescue, Word

BATCH = 200


class Refused(NamedTuple):
    """Something that was not taken, and why."""

    what: str
    why: str


@dataclass
class Outcome:
    """What became of a file. `new` counts newer revisions too; `here` was here already, or taken back."""

    new: int = 0
    here: int = 0
    photos: int = 0
    photos_here: int = 0
    refused: list[Refused] = field(default_factory=list)


def take_in_rescue(rescue: Rescue, now: datetime, dry_run: bool = False) -> Outcome:
    """Everything of people we know; one transaction, so nothing is half done. The caller commits or rolls back."""
    people = _people(rescue.makers)
    outcome = Outcome()
    everything: list[Word | Picture] = [*rescue.words, *rescue.pictures]
    for each in everything:
        if each.maker not in people:
            outcome.refused.append(Refused(_name(each), f"nobody here has the number {each.maker}."))
    arrived = list(_safe(rescue, people, outcome, dry_run))  # bytes first: nobody waits for the disk
    for maker, words in groupby((word for word in rescue.words if word.maker in people), key=lambda word: word.maker):
        _receive(list(words), people[maker], now, outcome)
    for picture, photo in arrived:
        _photograph(picture, photo, people[picture.maker], now, outcome)
    return outcome


def _people(makers: Iterable[str]) -> dict[str, Person]:
    numbers = [int(maker) for maker in makers if maker.isascii() and maker.isdigit() and len(maker) < 10]
    return {str(person.id): person for person in db.session.scalars(select(Person).where(Person.id.in_(numbers)))}


def _safe(
    rescue: Rescue, people: dict[str, Person], outcome: Outcome, dry_run: bool
) -> Iterator[tuple[Picture, Arrived]]:
    """Photos we do not hold, their bytes durably written (looked at only, on a dry run)."""
    for picture in rescue.pictures:
        if picture.maker not in people:
            continue
        try:
            if again(picture.id, people[picture.maker].id, picture.sha256):
                outcome.photos_here += 1
                continue
            yield picture, (look if dry_run else keep)(picture.id, rescue.bytes_of(picture), picture.sha256)
        except Problem as problem:
            outcome.refused.append(Refused(_name(picture), problem.sentence))


def _receive(words: list[Word], person: Person, now: datetime, outcome: Outcome) -> None:
    waiting = iter(words)
    while batch := list(islice(waiting, BATCH)):
        answers = receive([Sent(word.kind, word.document) for word in batch], person, now)
        db.session.flush()
        for word, answer in zip(batch, answers, strict=True):
            _count(word, answer, outcome)


def _count(word: Word, answer: Receipt | Problem, outcome: Outcome) -> None:
    if isinstance(answer, Problem):
        fields = " ".join(f"{path}: {message}" for path, message in answer.errors)
        outcome.refused.append(Refused(_name(word), f"{answer.sentence} {fields}".rstrip()))
    elif answer.status == 201:
        outcome.new += 1
    else:
        outcome.here += 1


def _photograph(picture: Picture, photo: Arrived, person: Person, now: datetime, outcome: Outcome) -> None:
    if again(picture.id, person.id, picture.sha256):  # the same photo twice in the file
        outcome.photos_here += 1
        return
    if take_in(photo, picture.observation_id, person.id, now) is None:  # the customer took it back
        drop_arrived(photo)
        outcome.photos_here += 1
        return
    db.session.flush()
    outcome.photos += 1


def _name(each: Word | Picture) -> str:
    if isinstance(each, Picture):
        return f"line {each.line}, photo {each.id}"
    said = each.document.get("id") if isinstance(each.document, dict) else None
    return f"line {each.line}, {each.kind} {said or 'without an id'}"
