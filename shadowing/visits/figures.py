"""What was seen on a visit, as a page shows it: frozen records without database or request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shadowing.core.vocabulary import Level


@dataclass(frozen=True)
class SeenObservation:
    """One observation as a reader may see it. `observer` stays None for everybody but leads;
    `quote` and `photos` are empty without the customer's consent. on: the day at the site."""

    id: str
    on: date
    site: str
    ratings: Mapping[Level, int]
    quote: str = ""
    note: str = ""
    photos: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    observer: str | None = None
    serious: str | None = None
    mark: str | None = None
