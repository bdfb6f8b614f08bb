"""Writes from other sites are refused by the browser's own headers; no tokens in cached pages.

Browsers send Sec-Fetch-Site on every request to a trustworthy origin and Origin on every unsafe one. A request
with neither does not come from a page, so it carries no cookie against anybody's will.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Request, request

from shadowing.core.problems import Problem

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def guard(app: Flask) -> None:
    app.before_request(refuse_other_sites)


def refuse_other_sites() -> None:
    if request.method not in SAFE_METHODS and from_other_site(request):
        raise Problem("cross_site")


def from_other_site(asked: Request) -> bool:
    """Whether a page of another site sent this: both headers must agree that it did not.

    `same-site` counts as another: a neighbour subdomain is not us.
    """
    fetch_site, origin = asked.headers.get("Sec-Fetch-Site"), asked.headers.get("Origin")
    if fetch_site is not None and fetch_site not in ("same-origin", "none"):
        return True
    return origin is not None and urlsplit(origin).netloc != asked.host
