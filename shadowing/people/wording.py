"""What the letters about accounts say. Pure."""

from __future__ import annotations

from shadowing.core.sentences import Sentence, gettext
from shadowing.core.vocabulary import Words


def new_password(name: str, house: Words, hours: int, address: str) -> tuple[Sentence, Sentence]:
    """Subject and text. hours: how long the link at `address` works; house: the organisation."""
    return (
        gettext("Your password for Shadowing at %(house)s", house=house),
        gettext(
            "Hello %(name)s,\n\nsomebody, most likely you, asked for a new password for Shadowing at %(house)s. "
            "Choose one here within %(hours)s hours:\n\n%(address)s\n\n"
            "If it was not you, do nothing: your password stays as it is.",
            name=name,
            house=house,
            hours=hours,
            address=address,
        ),
    )
