"""Whoever may read a page finds a link to it on a desk, starting from their first page."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from shadowing.core.routes import roles_of
from tests.conftest import CAST

#: What a phone's tab bar leads to.
NO_DOORS = {"organisation.more"}
#: What a phone's tab bar leaves out; on a desk nobody sees the way to it.
OF_PHONES = "/more"
MOST_PAGES = 150


def links(page: str) -> set[str]:
    """Addresses of our own that a page leads to, without their queries."""
    found = {unescape(href) for href in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', page)}
    return {urlsplit(href).path for href in found if href.startswith("/")} - {OF_PHONES}


def reached(app, client) -> set[str]:
    """Endpoints of all pages that links lead to."""
    match = app.url_map.bind("localhost").match
    seen: set[str] = set()
    endpoints: set[str] = set()
    waiting = ["/"]
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        try:
            endpoint = match(path)[0]
        except HTTPException:
            continue
        answer = client.get(path)
        if endpoint in endpoints and "<" in next(app.url_map.iter_rules(endpoint)).rule:
            continue  # one page of a kind is enough
        endpoints.add(endpoint)
        if answer.status_code in (302, 303):
            waiting.append(urlsplit(answer.headers["Location"]).path)
        elif answer.mimetype == "text/html":
            waiting += sorted(links(answer.get_data(as_text=True)))
    return endpoints


def pages_for(app, role: str) -> set[str]:
    """Endpoints of pages without a part that varies, which this role may read."""
    allowed = roles_of(app)
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments and role in allowed[rule.endpoint]
    }


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("name", [name for name, role in CAST.items() if role != "observer"])
def test_every_page_has_a_door(app, as_, name):
    role = CAST[name]
    pages = {each for each in pages_for(app, role) if "_api." not in each} - NO_DOORS

    assert pages - reached(app, as_(name)) == set()
