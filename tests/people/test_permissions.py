"""Who may call what stands at each route, and is printed as one table."""

import re

import pytest
from flask import Flask

from shadowing.core.routes import ANYBODY, EVERYONE, Routes, refuse_gaps, roles_of
from tests.conftest import CAST
from tests.golden.surfaces import FOLDER


def test_a_route_without_roles_cannot_be_written():
    with pytest.raises(TypeError, match="roles"):
        Routes("more", __name__).get("/more")(lambda: "")


def test_nor_can_one_be_slipped_past_them():
    app = Flask("slippery", static_folder=None)
    app.add_url_rule("/slipped", "slipped", lambda: "")

    with pytest.raises(RuntimeError, match="slipped"):
        refuse_gaps(app)


def test_the_table_is_printed_and_is_the_intended_one(app):
    """tests/golden/surfaces/routes.txt holds the intended table."""
    printed = app.test_cli_runner().invoke(args=["roles"]).output.splitlines()
    intended = (FOLDER / "routes.txt").read_text("utf-8").splitlines()

    said = sorted(" ".join(line.split()) for line in printed)
    assert said == sorted(re.sub(r" \S+: ", " ", line) for line in intended)


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
        allowed = roles_of(app)[rule.endpoint]
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
        if roles_of(app)[rule.endpoint] is ANYBODY:
            continue
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = stranger.open(a_path(rule), method=method)
            page = method == "GET" and not rule.rule.startswith("/api/")
            assert answer.status_code == (302 if page else 401), f"{method} {rule.rule}"


def test_everybody_may_shadow(app):
    assert {roles for endpoint, roles in roles_of(app).items() if endpoint.startswith("sync_api")} == {EVERYONE}
