"""What observers met that no touchpoint covers: seen often enough, it is proposed as one. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

MOST_SIGNS = 120
VISITS, OBSERVERS = 3, 2


class Sighting(NamedTuple):
    """One observation off the map; person: 0 = nobody known."""

    label: str
    visit: str
    person: int
    channel: str


class Proposal(NamedTuple):
    """name: as most observers wrote it; normal: the label without what does not distinguish."""

    name: str
    normal: str
    visits: int
    channels: tuple[str, ...]


def normal(label: str) -> str:
    """Letters and digits only, without case and width: “Ticket-Printer ” is “ticket printer”."""
    plain = unicodedata.normalize("NFKC", label).casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())[:MOST_SIGNS]


def proposals(sightings: Iterable[Sighting], decided: Collection[str]) -> list[Proposal]:
    """Seen in three visits by two observers at least, and neither taken in nor dismissed; the most seen first."""
    by_label: dict[str, list[Sighting]] = defaultdict(list)
    for each in sightings:
        by_label[normal(each.label)].append(each)
    found = []
    for key, seen in by_label.items():
        visits, people = {each.visit for each in seen}, {each.person for each in seen if each.person}
        if not key or key in decided or len(visits) < VISITS or len(people) < OBSERVERS:
            continue
        name = Counter(" ".join(each.label.split())[:MOST_SIGNS] for each in seen).most_common(1)[0][0]
        channels = Counter(each.channel for each in seen if each.channel)
        found.append(Proposal(name, key, len(visits), tuple(channel for channel, _ in channels.most_common(3))))
    return sorted(found, key=lambda each: (-each.visits, each.normal))
