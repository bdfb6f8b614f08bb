"""One table of route and role; a route that is not listed fails here."""

import re

import pytest

from shadowing.people.permissions import ANYBODY, EVERYONE, ROUTES
from tests.conftest import CAST


def test_every_route_is_listed_and_no_listed_route_is_gone(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert endpoints == set(ROUTES)


def a_path(rule):
    """An address of this rule; nothing need be there."""
    return re.sub(r"<(?:(\w+)(?:\(([^)]*)\))?:)?\w+>", lambda part: _one(*part.groups()), rule.rule)


def _one(converter, said):
    if converter == "any":
        return said.split(",")[0]
    return "00000000-0000-4000-8000-000000000001" if converter == "uuid" else "1"


@pytest.mark.parametrize("name", CAST)
def test_each_role_meets_only_what_the_table_allows(app, as_, name):
    client = as_(name)
    for rule in app.url_map.iter_rules():
        allowed = ROUTES[rule.endpoint]
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            if rule.endpoint == "accounts.sign_out":
                continue
            answer = client.open(a_path(rule), method=method)
            refused = answer.status_code == 403
            may = allowed is ANYBODY or CAST[name] in allowed
            assert refused != may, f"{name} {method} {rule.rule} {answer.status_code}"
            assert answer.status_code < 500


def test_strangers_are_sent_to_sign_in_and_callers_get_401(app, as_):
    stranger = as_(None)
    for rule in app.url_map.iter_rules():
        if ROUTES[rule.endpoint] is ANYBODY:
            continue
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = stranger.open(a_path(rule), method=method)
            page = method == "GET" and not rule.rule.startswith("/api/")
            assert answer.status_code == (302 if page else 401), f"{method} {rule.rule}"


def test_everybody_may_shadow():
    assert {endpoint for endpoint, roles in ROUTES.items() if endpoint.startswith("sync_api")} <= {
        endpoint for endpoint, roles in ROUTES.items() if roles is EVERYONE
    }
