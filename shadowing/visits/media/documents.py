"""What the sender of a photo or voice note is told of it."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from shadowing.visits.media.intake import Arrived
from shadowing.visits.media.kinds import Row
from shadowing.visits.media.models import Photo


class MediumDocument(TypedDict):
    """width and height in pixels, of photos. marks: `withdrawn` when its content was dropped."""

    id: str
    sha256: str
    bytes: int
    width: NotRequired[int]
    height: NotRequired[int]
    marks: NotRequired[list[str]]


def medium_document(medium: Row | Arrived[Row]) -> MediumDocument:
    document: MediumDocument = {"id": str(medium.id), "sha256": medium.sha256, "bytes": medium.bytes}
    if isinstance(medium, Photo):
        document |= {"width": medium.width, "height": medium.height}
    return document
