"""Pages and JSON leave compressed for whoever can unpack them: on a phone's line bytes are time.

Not what carries a secret: how well a page compresses would tell whoever can put guesses into it.
"""

from __future__ import annotations

import zlib

from flask import Flask, Response, current_app, request

from shadowing.core.routes import secrets_of

#: Below it a packet is a packet.
FEWEST_BYTES = 1024
LEVEL = 5
GZIP = 31  # zlib's number for it
KINDS = frozenset({"text/html", "text/plain", "text/calendar", "application/json", "application/problem+json"})


def compress_replies(app: Flask) -> None:
    """Register before whatever else looks at replies, so that it comes last."""
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    if not _may_be(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") <= 0:
        return response
    packer = zlib.compressobj(LEVEL, wbits=GZIP)
    response.set_data(packer.compress(response.get_data()) + packer.flush())
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)  # the same content in other bytes
    return response


def _may_be(response: Response) -> bool:
    return (
        response.mimetype in KINDS
        and response.status_code not in (204, 206, 304)
        and not response.is_streamed
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and (response.content_length or 0) >= FEWEST_BYTES
        and request.endpoint not in secrets_of(current_app)
    )
