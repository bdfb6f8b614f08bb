"""What a request that brings bytes must say."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from uuid import UUID

from flask import request
from flask_babel import gettext as _

from shadowing.core.problems import Problem

CONTENT_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/=]+):")


def named_observation() -> UUID:
    """The observation the bytes belong to; it may arrive later. Raises invalid."""
    try:
        return UUID(request.args.get("observation") or "")
    except ValueError as error:
        raise Problem("invalid", [("observation", _("Name the observation by its UUID."))]) from error


def whole_body(most: int) -> tuple[bytes, str]:
    """The request's bytes and their SHA-256 in hexadecimal. Raises length_required, too_large, bad_digest."""
    if request.content_length is None:
        raise Problem("length_required")
    if request.content_length > most:
        raise Problem("too_large")
    raw = request.get_data(cache=False)
    if len(raw) != request.content_length:
        raise Problem("bad_digest")
    return raw, _digest(request.headers.get("Content-Digest"), raw)


def _digest(header: str | None, raw: bytes) -> str:
    """Raises bad_digest when the sender meant other bytes."""
    mark = hashlib.sha256(raw)
    if header:
        said = CONTENT_DIGEST.search(header)
        if said is None or _decoded(said.group(1)) != mark.digest():
            raise Problem("bad_digest")
    return mark.hexdigest()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
