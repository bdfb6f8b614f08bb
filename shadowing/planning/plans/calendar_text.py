"""Plans as a calendar that any calendar program reads (RFC 5545). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shadowing.core.text import lines as lines_of

#: Octets of a line before it is folded.
LONGEST = 75
LENGTH = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """One visit. uid stays the same however often it is changed; number rises with every change."""

    uid: str
    starts_at: datetime
    summary: str
    location: str
    description: str
    changed_at: datetime
    number: int
    cancelled: bool = False


def calendar_text(name: str, entries: Iterable[Entry]) -> str:
    """The whole file, every line ended by CRLF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Shadowing//Plan//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for entry in entries:
        lines += _event(entry)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


#: A tab is a blank; the line ends of other alphabets would end the value.
OTHER_ENDS = {ord("\t"): " ", 0x2028: None, 0x2029: None}


def escaped(text: str) -> str:
    """Text as a value: backslash, semicolon, comma and line ends are marked; other control signs go."""
    plain = lines_of(text)
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n").translate(OTHER_ENDS)


def folded(line: str) -> str:
    """In pieces of at most 75 octets, never inside a sign; each following piece begins with a space."""
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode("utf-8", "replace"))
        if size + octets > LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    return "\r\n".join([*pieces, piece])


def _event(entry: Entry) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{_moment(entry.changed_at)}",
        f"LAST-MODIFIED:{_moment(entry.changed_at)}",
        f"SEQUENCE:{entry.number}",
        f"DTSTART:{_moment(entry.starts_at)}",
        f"DTEND:{_moment(entry.starts_at + LENGTH)}",
        f"SUMMARY:{escaped(entry.summary)}",
        f"LOCATION:{escaped(entry.location)}",
        f"DESCRIPTION:{escaped(entry.description)}",
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
