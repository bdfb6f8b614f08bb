"""In what a photo and a voice note differ on their way in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypedDict, TypeVar
from uuid import UUID

from shadowing.core.bytes.store import received_key
from shadowing.core.jobs.queue import enqueue
from shadowing.core.problems import Problem
from shadowing.visits.media import images, sound_formats
from shadowing.visits.media.models import Medium, Photo, Sound, sound_key
from shadowing.visits.models.bodies import RemovedField

DERIVE = "derive_photo"
Row = TypeVar("Row", bound=Medium)


class PhotoToDerive(TypedDict):
    """What the job `derive_photo` carries: the photo's id."""

    photo: str


@dataclass(frozen=True)
class MediumKind(Generic[Row]):
    """conflict: the problem of other bytes under a known id. removed: where a body names what was taken off.

    look: columns told by the first bytes; raises Problem. afterwards: what else is written when one was taken in.
    """

    model: type[Row]
    most_bytes: int
    conflict: str
    removed: RemovedField
    key: Callable[[UUID, str], str]
    look: Callable[[bytes], Mapping[str, str | int]]
    afterwards: Callable[[UUID, datetime], None] = lambda id, now: None


def look_at_picture(raw: bytes) -> Mapping[str, str | int]:
    """Its header only. Raises Problem: not_a_photo, photo_too_big."""
    try:
        header = images.inspect(raw)
    except images.TooBig as error:
        raise Problem("photo_too_big") from error
    except images.UnreadableImage as error:
        raise Problem("not_a_photo") from error
    return {"format": header.format, "width": header.width, "height": header.height}


def look_at_sound(raw: bytes) -> Mapping[str, str | int]:
    """Its first bytes. Raises Problem: not_a_sound, too_large."""
    if len(raw) > sound_formats.MOST_BYTES:
        raise Problem("too_large")
    try:
        return {"format": sound_formats.format_of(raw)}
    except sound_formats.NotASound as error:
        raise Problem("not_a_sound") from error


def ask_to_derive(photo_id: UUID, now: datetime) -> None:
    """What is shown of a picture is made by the worker."""
    payload: PhotoToDerive = {"photo": str(photo_id)}
    enqueue(DERIVE, payload, now, key=f"{DERIVE}:{photo_id}")


PHOTO = MediumKind(
    Photo, images.MOST_BYTES, "photo_conflict", "removed_photos", received_key, look_at_picture, ask_to_derive
)
SOUND = MediumKind(Sound, sound_formats.MOST_BYTES, "sound_conflict", "removed_sounds", sound_key, look_at_sound)
