"""A moment becomes a day or an hour in one place, which is always told whose clock counts (DECISIONS 4)."""

import ast

import pytest

from tests.support.server import ROOT
from tests.test_house import ALL, imports

#: What takes a moment apart without anybody saying where, and what builds one.
APART = {"date", "time", "timetz", "strftime", "ctime", "weekday", "isoweekday", "isocalendar", "timetuple", "combine"}
OWNERS = {
    "shadowing.core.clock",  # owns it
    "shadowing.core.formatting",  # writes days for readers, in the zone it is told
}
#: Nothing here is a moment: what somebody typed, or a number of days in a sheet. Or it says itself that it is UTC.
NO_MOMENTS = {
    "shadowing.cli.data": {"day.date()"},
    "shadowing.core.workbook_cells": {
        "(datetime.min + timedelta(seconds=round(serial * 86400))).time()",
        "(self.origin + timedelta(days=serial)).date()",
    },
    "shadowing.imports.parse_rows": {"datetime.strptime(column.prefix + cell, column.format).date()"},
    "shadowing.operations.doctor": {
        *(f"{{{each}:%F %T}}" for each in ("newest", "now", "oldest", "until")),
        "{until:%T}",
    },
    "shadowing.planning.plans.calendar_text": {"moment.astimezone(UTC).strftime('%Y%m%dT%H%M%SZ')"},
}
#: Who may make a zone of its name.
ZONES = {"shadowing.people.zones", "shadowing.administration.forms"}
RULE = [
    "moment.date()",
    "moment.astimezone(zone)",
    "moment.hour",
    "moment.weekday()",
    "moment.isoformat()[:10]",
    "f'{moment:%H:%M}'",
    "moment.strftime('%Y-%m-%d')",
    "datetime.combine(day, time.min)",
    "datetime.fromtimestamp(seconds)",
    "moment + timedelta(minutes=offset_minutes)",
    "visit.body['started_at'] < other.body['started_at']",
    "sorted(bodies, key=lambda body: body['observed_at'])",
]


@pytest.mark.parametrize("written", RULE)
def test_what_would_be_wrong_is_seen(written):
    assert taken_apart(ast.parse(written))


@pytest.mark.parametrize(
    "written", ["moment.astimezone(UTC)", "datetime.fromtimestamp(n, UTC)", "moment.isoformat()", "row.starts_at < now"]
)
def test_what_says_no_day_is_let_through(written):
    assert not taken_apart(ast.parse(written))


@pytest.mark.parametrize(("name", "path"), ALL, ids=[name for name, _ in ALL])
def test_a_moment_is_taken_apart_where_it_is_told_whose_clock_counts(name, path):
    found = set() if name in OWNERS else taken_apart(ast.parse(path.read_text("utf-8")))

    if name.startswith("shadowing.operations.demo."):  # makes up hours of a day that is local already
        found = {each for each in found if not each.endswith((".hour", ".minute"))}
    assert found == NO_MOMENTS.get(name, set())


@pytest.mark.parametrize(("name", "path"), ALL, ids=[name for name, _ in ALL])
def test_zones_and_days_have_one_maker(name, path):
    tree = ast.parse(path.read_text("utf-8"))
    if name not in ZONES and not name.startswith("shadowing.operations.demo."):
        assert "zoneinfo" not in set(imports(path, tree))
    if name not in OWNERS:
        assert "babel.dates" not in set(imports(path, tree))


def test_templates_write_days_by_filters_alone():
    wrong = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for word in (".strftime", ".date(", ".hour", "isoformat()[", "format_date")
        if word in path.read_text("utf-8")
    ]
    assert wrong == []


def taken_apart(tree: ast.AST) -> set[str]:
    """What in it makes a day, an hour or an order of a moment by itself, as written."""
    return {ast.unparse(node) for node in ast.walk(tree) if is_wrong(node)}


def is_wrong(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return is_wrong_call(node)
    if isinstance(node, ast.Attribute):
        return node.attr in ("hour", "minute") and isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Slice) and ".isoformat()" in ast.unparse(node.value)
    if isinstance(node, ast.FormattedValue):
        return node.format_spec is not None and "%" in ast.unparse(node.format_spec)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add | ast.Sub) and "minutes=offset" in ast.unparse(node)
    if isinstance(node, ast.Compare) and not isinstance(node.ops[0], ast.In | ast.NotIn | ast.Is | ast.IsNot | ast.Eq):
        return any(is_written_moment(each) for each in (node.left, *node.comparators))
    return isinstance(node, ast.Lambda) and is_written_moment(node.body)


def is_wrong_call(node: ast.Call) -> bool:
    called = node.func
    if not isinstance(called, ast.Attribute):
        return False
    if called.attr in ("today", "utcnow", "utcfromtimestamp"):
        return ast.unparse(called.value) in ("date", "datetime", "datetime.datetime", "datetime.date")
    if called.attr == "fromtimestamp":
        return len(node.args) < 2
    if called.attr == "astimezone":
        return [ast.unparse(each) for each in node.args] != ["UTC"]
    if called.attr in ("strftime", "combine"):
        return ast.unparse(called.value) not in ("clock", "time")
    return called.attr in APART and not node.args and not node.keywords


def is_written_moment(node: ast.AST) -> bool:
    """A moment as text: of a body as phones send it, or written out."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return isinstance(node.slice.value, str) and node.slice.value.endswith("_at")
    return isinstance(node, ast.Call) and ast.unparse(node).endswith(".isoformat()")
