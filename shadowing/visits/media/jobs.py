"""What the worker does for photos and voice notes."""

from __future__ import annotations

from shadowing.core.jobs.worker import Handler
from shadowing.visits.media.deriving import derive_photo
from shadowing.visits.media.erasing import ERASE_PHOTOS, ERASE_SOUNDS, erase_photo_bytes, erase_sound_bytes
from shadowing.visits.media.kinds import DERIVE

JOBS: dict[str, Handler] = {
    DERIVE: derive_photo,
    ERASE_PHOTOS: erase_photo_bytes,
    ERASE_SOUNDS: erase_sound_bytes,
}
