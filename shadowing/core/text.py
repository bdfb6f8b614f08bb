"""Words as people write them: joiners, rare signs and every kind of blank stay; controls and turned text go. Pure."""

from __future__ import annotations

import unicodedata

#: They turn the direction of what follows, also of what others wrote beside: embeddings, overrides, isolates.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Controls, and halves of a sign that no encoding can write.
UNSHOWABLE = ("Cc", "Cs")
#: Blanks and joiners: a name of these alone is none.
UNSEEN = ("Cf", "Zs", "Mn")


def one_line(text: str) -> str:
    """One line: whatever kind of blank, and however many, is one blank; nothing when no sign of it can be seen."""
    kept = " ".join(_shown(text, "").split())
    return kept if any(unicodedata.category(sign) not in UNSEEN for sign in kept) else ""


def lines(text: str) -> str:
    """Several lines, whose blanks stay as they are."""
    return _shown(text.replace("\r\n", "\n").replace("\r", "\n"), "\n\t").strip()


def loses(text: str) -> bool:
    """Whether something would go that is more than a blank."""
    return any(not _stays(sign) and not sign.isspace() for sign in text)


def _shown(text: str, kept: str) -> str:
    """In one normal form: what looks the same is the same, whatever keyboard it came from."""
    text = unicodedata.normalize("NFC", text)
    return "".join(sign if sign in kept or _stays(sign) else " " for sign in text if _stays(sign) or sign.isspace())


def _stays(sign: str) -> bool:
    return sign not in TURNING and unicodedata.category(sign) not in UNSHOWABLE
