"""What was just done can be taken back from the next page: a toast with one button, by a form of its own."""

from __future__ import annotations

from typing import Any

from flask import flash

#: The category of such a message; templates/layouts/parts of both layouts show it.
UNDO = "undo"


def offer_undo(said: str, address: str, button: str, **fields: Any) -> None:
    """said: what happened; address, fields: what the button posts."""
    flash({"said": said, "address": address, "button": button, "fields": fields}, UNDO)  # type: ignore[arg-type]
