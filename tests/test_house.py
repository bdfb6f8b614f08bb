"""The house keeps its order: no import is hidden, rules stay pure, files small. Its layers are in pyproject.toml."""

import ast
import re
from collections import defaultdict
from pathlib import Path
from statistics import median

import pytest

from tests.support.server import ROOT

PACKAGE = ROOT / "shadowing"
PURE = (
    "core.ids",
    "visits.window",
    "core.vocabulary",
    "core.text",
    "core.gettext_noop",
    "core.formatting",
    "core.sentences",
    "core.mail",
    "core.table_ceilings",
    "core.table_child",
    "core.table_rows",
    "core.workbook",
    "core.workbook_cells",
    "core.workbook_xml",
    "administration.brand_colour",
    "administration.logo",
    "administration.qr",
    "journeys.draft",
    "journeys.editing",
    "journeys.differences",
    "journeys.personas",
    "authoring.editor.reading",
    "authoring.editor.publish_checks",
    "authoring.editor.journey_file",
    "authoring.editor.comparing",
    "authoring.editor.offmap",
    "authoring.editor.sheet",
    "authoring.library.placements",
    "authoring.strategy.adherence",
    "authoring.goals.rules",
    "journeys.inheriting",
    "authoring.promises.rules",
    "authoring.editor.sheet_cells",
    "authoring.editor.sheet_reading",
    "visits.facts",
    "visits.models.bodies",
    "imports.column_map",
    "imports.parse_rows",
    "visits.media.images",
    "visits.media.sound_formats",
    "scoring.statistics.equations",
    "scoring.statistics.scoring",
    "scoring.leniency",
    "scoring.kept",
    "scoring.panel_rows",
    "scoring.statistics.normal",
    "scoring.statistics.trend",
    "scoring.statistics.window_equations",
    "scoring.journey_trend",
    "scoring.statistics.variances",
    "scoring.statistics.grade",
    "scoring.statistics.verdicts",
    "scoring.statistics.pyramid",
    "scoring.statistics.index",
    "scoring.statistics.proportions",
    "scoring.statistics.emotion",
    "scoring.shapes",
    "scoring.wording",
    "areas.wording",
    "journeys.wording",
    "backlog.priority",
    "backlog.access",
    "backlog.history.facts",
    "backlog.history.wording",
    "backlog.mine.wording",
    "backlog.board.standing",
    "backlog.bulk.wording",
    "backlog.board.wording",
    "backlog.serious.limits",
    "backlog.serious.wording",
    "backlog.steps.plan_text",
    "backlog.steps.schemas",
    "backlog.steps.wording",
    "backlog.schemas",
    "backlog.states",
    "scoring.statistics.value_of_visits",
    "coverage.comparing",
    "coverage.handovers",
    "coverage.overlapping",
    "coverage.wording",
    "planning.plans.wording",
    "planning.participation.wording",
    "backlog.decisions.wording",
    "backlog.order.practices",
    "backlog.order.ranking",
    "backlog.order.wording",
    "backlog.triage.history",
    "backlog.triage.origins",
    "backlog.triage.schemas",
    "backlog.triage.snooze",
    "backlog.triage.wording",
    "backlog.wording",
    "imports.wording",
    "people.wording",
    "administration.wording",
    "authoring.goals.wording",
    "authoring.library.wording",
    "authoring.strategy.wording",
    "summary.wording",
    "planning.plans.calendar_text",
    "planning.plans.schemas",
    "summary.reasons.quoted",
    "summary.curve",
    "summary.blindspots",
    "phone.withdrawal.codes",
    "phone.withdrawal.wording",
    "phone.sync.schemas",
    "phone.sync.parsing",
    "phone.sync.revisions",
    "phone.sync.rescue_file",
)
HEAVY = ("flask", "sqlalchemy", "flask_sqlalchemy", "flask_login", "shadowing.core.database")


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield name, path


def imports(path: Path, tree: ast.AST, top_only: bool = False):
    package = ".".join(path.relative_to(ROOT).parts[:-1])
    for node in tree.body if top_only else ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*package.split(".")[: len(package.split(".")) - node.level + 1], base]).rstrip(".")
            if base != "shadowing":
                yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)  # a module, or a name that no graph knows
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


ALL = list(modules())
FIGURES = [(name, path) for name, path in ALL if name.endswith("figures")]


@pytest.mark.parametrize(("name", "path"), ALL, ids=[name for name, _ in ALL])
def test_none_is_hidden_in_a_function(name, path):
    tree = ast.parse(path.read_text("utf-8"))
    hidden = set(imports(path, tree)) - set(imports(path, tree, top_only=True))

    assert not {each for each in hidden if each.startswith("shadowing")}


@pytest.mark.parametrize("name", PURE)
def test_rules_know_neither_database_nor_web(name):
    path = PACKAGE / (name.replace(".", "/") + ".py")

    assert not set(imports(path, ast.parse(path.read_text("utf-8")))) & set(HEAVY)


@pytest.mark.parametrize(("name", "path"), FIGURES, ids=[name for name, _ in FIGURES])
def test_figures_never_query(name, path):
    imported = set(imports(path, ast.parse(path.read_text("utf-8"))))

    assert not {each for each in imported if each.startswith(("flask", "sqlalchemy", "shadowing.core.database"))}


def test_no_two_modules_import_each_other():
    graph = {}
    names = {name for name, _ in ALL}
    for name, path in ALL:
        graph[name] = set(imports(path, ast.parse(path.read_text("utf-8")))) & names - {name}
    assert not [name for name in graph if name in reachable(graph, name)]


def reachable(graph, start):
    seen, waiting = set(), list(graph[start])
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(graph[node])
    return seen


def test_functions_and_files_stay_small():
    lengths = []
    for name, path in ALL:
        text = path.read_text("utf-8")
        longest = 420 if name == "shadowing.core.vocabulary" else 320  # one table of words is easier to keep than two
        assert text.count("\n") <= longest, f"{name} has grown too long"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                lengths.append(node.end_lineno - node.lineno + 1)
                assert lengths[-1] <= 40, f"{name}.{node.name} has grown too long"
    assert median(lengths) < 8


def test_a_class_name_means_one_thing():
    where = defaultdict(list)
    for name, path in ALL:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                where[node.name].append(name)
    assert {each: names for each, names in where.items() if len(names) > 1} == {}


def test_the_floor_can_be_seen_at_once():
    unseen = {"__init__.py", "py.typed", "migrations", "translations", "__pycache__"}
    rooms = [each.name for each in PACKAGE.iterdir() if each.name not in unseen]
    assert len(rooms) <= 20


def test_what_a_page_sends_is_read_by_a_form():
    """`request.form` is only ever the one argument of what builds a form; but see authoring/editor/filled_in.py."""
    by_hand = {}
    for name, path in ALL:
        text = path.read_text("utf-8")
        built = len(re.findall(r"(?:Form|_form)\(request\.form\)", text))
        if text.count("request.form") != built:
            by_hand[name] = text.count("request.form") - built
    assert by_hand == {
        "shadowing.authoring.editor.filled_in": 1,
        "shadowing.core.sent_once": 1,  # tells by all of it whether it came before
    }
    assert not [name for name, path in ALL if "request.values" in path.read_text("utf-8")]


def test_who_is_signed_in_is_asked_by_views_and_handed_down():
    for name, path in ALL:
        text = path.read_text("utf-8")
        asks = any(word in text for word in ("current_user", "signed_in_reader"))
        is_view = "= Routes(" in text or "= api_routes(" in text
        assert not asks or is_view or name.startswith("shadowing.people."), f"{name} reads who is signed in"


def test_a_route_says_what_it_answers():
    for name, path in ALL:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("roles=" in ast.unparse(each) for each in node.decorator_list):
                assert node.returns and "Any" not in ast.unparse(node.returns), f"{name}.{node.name} answers anything"


def test_a_plural_is_chosen_in_wording_only():
    """Where page, mail and API find it; templates are held by tests/test_templates.py."""
    chosen = {
        name
        for name, path in ALL
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ngettext"
    }
    assert {"shadowing.scoring.wording"} < chosen
    assert [name for name in sorted(chosen) if not name.endswith(".wording")] == []


def test_no_browser_is_forced():
    """A forced tap does not wait until what it taps is there and stands still: it misses on a busy machine."""
    forced = "force=" + "True"

    assert [str(path) for path in (ROOT / "tests").rglob("*.py") if forced in path.read_text("utf-8")] == []
