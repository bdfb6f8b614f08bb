"""What was filled in on a page of the editor."""

from __future__ import annotations

from flask import request
from werkzeug.datastructures import MultiDict


def filled_in() -> MultiDict[str, str]:
    """By the names of the fields, for reading.py and the page that shows them again.

    No form class can list these names: they hold the keys of whatever standards and personas the draft has, and a field
    that was not sent leaves what was there before.
    """
    return request.form
