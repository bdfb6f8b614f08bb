"""What code and documents cite is there, and what people can set, call or read about stands in the documents."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from shadowing.app import create_app
from shadowing.core import vocabulary
from shadowing.core.problems import CATALOGUE
from shadowing.core.routes import ADMINS, ANYBODY, EVERYONE, LEADS, READERS, roles_of
from shadowing.core.settings import DEFAULTS
from tests.support.server import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
CITING = ("shadowing", "static/js", "static/css", "templates", "tests", "docs", "README.md", "CONTRIBUTING.md")
WRITTEN = {".py", ".js", ".jsx", ".mjs", ".css", ".html", ".md"}

ITEM = r"(?:E\d+|\d+[a-z]?(?:\.\d+)*)(?!\w)"
JOINED = r"\s*(-|–|,|;|/|\band\b|\bor\b|\bto\b)\s*§?\s*"
CITATION = re.compile(rf"\b(METHOD|DECISIONS)[\s§]+({ITEM}(?:{JOINED}{ITEM})*)")
#: A line that goes on in the next one, with what a comment begins with.
WRAPPED = re.compile(r"\s*\n\s*(?:#:?|//|\*)?\s*")

#: What the API document calls those who may.
WHO = {
    ANYBODY: "anybody",
    EVERYONE: "everybody",
    READERS: "lead, executive, admin",
    LEADS: "lead, admin",
    ADMINS: "admin",
}
#: Commands that come with Flask and Flask-Migrate.
NOT_OURS = {"run", "shell", "routes", "db"}
#: Lies in the instance folder, which no repository holds.
OF_AN_INSTANCE = ("instance/", "photos/")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def table(text: str) -> list[list[str]]:
    """The rows of every table, cells trimmed, without what stands above the rule."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    heads = {n - 1 for n, row in enumerate(rows) if set("".join(row)) == {"-"}}
    return [row for n, row in enumerate(rows) if n not in heads and n - 1 not in heads]


# --- what is cited ------------------------------------------------------------------------------


def cited(text: str) -> Iterator[tuple[str, str]]:
    """METHOD or DECISIONS, and the number or example: of lists and ranges each one."""
    for document, said in (found.group(1, 2) for found in CITATION.finditer(WRAPPED.sub(" ", text))):
        parts = re.split(JOINED, said)
        yield document, parts[0]
        for before, sign, item in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
            for each in between(before, item) if sign in ("-", "–", "to") else [item]:
                yield document, each


def between(before: str, last: str) -> list[str]:
    """What follows `before` up to `last`: 8, 11 -> 9 10 11; E1, E3 -> E2 E3; 1.1, 1.3 -> 1.2 1.3."""
    start, end = re.fullmatch(r"(E?(?:\d+\.)*)(\d+)", before), re.search(r"\d+$", last)
    if start is None or end is None:
        return [last]
    return [f"{start[1]}{n}" for n in range(int(start[2]) + 1, int(end[0]) + 1)]


def headings() -> dict[str, list[str]]:
    method = read("docs/method.md")
    return {
        "METHOD": re.findall(r"^#{2,3} (\d+(?:\.\d+)*)\.? ", method, re.M) + re.findall(r"^\*\*(E\d+)\b", method, re.M),
        "DECISIONS": re.findall(r"^## (\d+[a-z]?)\. ", read("docs/decisions.md"), re.M),
    }


def files() -> Iterator[Path]:
    for name in CITING:
        here = ROOT / name
        yield from sorted(here.rglob("*")) if here.is_dir() else [here]


def test_every_decision_and_method_that_is_cited_is_there():
    there = headings()
    broken = {
        f"{path.relative_to(ROOT)}: {document} {number}"
        for path in files()
        if path.suffix in WRITTEN
        for document, number in cited(path.read_text("utf-8"))
        if number not in there[document]
    }

    assert sorted(broken) == []


def test_no_number_is_given_twice():
    for document, numbers in headings().items():
        assert len(numbers) == len(set(numbers)), document


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("(METHOD 1.3 and 1.4)", "1.3 1.4"),
        ("METHOD E1-E3, E7", "E1 E2 E3 E7"),
        ("(DECISIONS 8-12)", "8 9 10 11 12"),
        ("DECISIONS 9, 13. 14 people", "9 13"),
        ("METHOD §5.4", "5.4"),
        ("DECISIONS 15a,\n    # 16", "15a 16"),
        ("see METHOD\n    //   1.1 to 1.3", "1.1 1.2 1.3"),
        ("METHOD 6 counts 20 rows; METHOD = 3; METHOD promises", "6"),
    ],
)
def test_lists_ranges_and_wrapped_lines_are_read(said, meant):
    assert [number for _, number in cited(said)] == meant.split()


# --- what can be set and called -------------------------------------------------------------------


def test_every_setting_has_its_line():
    lines = {name: row[1:] for row in table(read("README.md")) for name in re.findall(r"`(SHADOWING_\w+)`", row[0])}
    known = {f"SHADOWING_{name}" for name in (*DEFAULTS, "INSTANCE_PATH")}

    assert set(lines) == known
    assert all(all(cells) for cells in lines.values())


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """An app that nobody asks anything of its database."""
    return create_app({"SHADOWING_SECRET_KEY": "test"}, instance=str(tmp_path_factory.mktemp("house")))


def commands(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def test_every_command_has_its_line_with_its_options(house):
    ours = {
        name: {option for each in command.params for option in each.opts if option.startswith("--")}
        for name, command in commands(house.cli)
        if name.split()[0] not in NOT_OURS
    }
    section = read("docs/operations.md").split("\n## Commands\n")[1].split("\n## ")[0]
    written = {}
    for row in table(section):
        assert row[1], row
        for said in re.findall(r"`([^`]+)`", row[0]):
            words = re.match(r"[a-z][a-z-]*(?: [a-z][a-z-]*)*", said)
            written[words[0]] = set(re.findall(r"--[a-z-]+", said))

    assert written == ours


# --- the API ----------------------------------------------------------------------------------------


def api_calls() -> dict[str, str]:
    """`GET /api/v1/areas/<>` -> who may, as the document says."""
    found = re.findall(r"^### ([A-Z]+ /\S+)\n\n\*([a-z, ]+)\.\*", read("docs/api.md"), re.M)
    return {re.sub(r"<\w+>", "<>", call): who for call, who in found}


def test_every_api_route_stands_in_its_document_with_who_may(house):
    offered = {
        f"{method} {re.sub(r'<[^>]*>', '<>', rule.rule)}": WHO[roles_of(house)[rule.endpoint]]
        for rule in house.url_map.iter_rules()
        if rule.rule.startswith(("/api/", "/healthz", "/readyz"))
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert api_calls() == offered


def test_every_problem_code_stands_there_with_its_status():
    written = {row[0].strip("`"): int(row[1]) for row in table(read("docs/api.md"))}

    assert written == {code: kind.status for code, kind in CATALOGUE.items()}


def test_calls_name_codes_that_exist():
    named = {
        code
        for said in re.findall(r"Problems: ([^\n]+(?:\n[^\n]+)*)", read("docs/api.md"))
        for code in re.findall(r"`([a-z_]+)`", said)
    }

    assert named and named <= set(CATALOGUE)


# --- security -----------------------------------------------------------------------------------------

#: OWASP ASVS 5.0.0, level 1: chapter.section -> how many, or which, of its requirements.
LEVEL_1 = {
    **{"1.2": range(1, 6), "1.3": (1, 2), "1.5": (1,), "2.1": (1,), "2.2": (1, 2), "2.3": (1,), "3.2": (1, 2)},
    **{"3.3": (1,), "3.4": (1, 2), "3.5": (1, 2, 3), "4.1": (1,), "4.4": (1,), "5.2": (1, 2), "5.3": (1, 2)},
    **{"6.1": (1,), "6.2": range(1, 9), "6.3": (1, 2), "6.4": (1, 2), "7.2": range(1, 5), "7.4": (1, 2)},
    **{"8.1": (1,), "8.2": (1, 2), "8.3": (1,), "9.1": (1, 2, 3), "9.2": (1,), "10.4": range(1, 6)},
    **{"11.3": (1, 2), "11.4": (1,), "12.1": (1,), "12.2": (1, 2), "13.4": (1,), "14.2": (1,), "14.3": (1,)},
    **{"15.1": (1,), "15.2": (1,), "15.3": (1,)},
}


def requirements() -> list[list[str]]:
    return [row for row in table(read("docs/security.md")) if re.fullmatch(r"\d+\.\d+\.\d+", row[0])]


def test_every_requirement_of_level_1_stands_once_and_in_order():
    wanted = [f"{section}.{number}" for section, numbers in LEVEL_1.items() for number in numbers]

    assert len(wanted) == 70
    assert [row[0] for row in requirements()] == wanted


def test_none_is_without_a_place_a_test_a_reason_or_a_gap():
    for number, asked, held, tested in requirements():
        assert len(asked) > 5, number
        if held.startswith("does not apply: "):
            assert len(held) > 25 and tested == "–", number
            continue
        assert held not in ("", "–"), number
        assert "`tests/" in tested or tested.startswith("no test: "), number
        for gap in re.findall(r"[Gg]ap: ([^|]*)", held):
            assert "we would" in gap or "needs" in gap, f"{number} says no way to close it"


def test_what_was_a_gap_is_none():
    held = {row[0]: row[2] for row in requirements()}

    assert [number for number in ("2.2.1", "3.3.1", "5.2.1", "6.1.1", "6.2.4", "8.2.2") if "ap:" in held[number]] == []


def test_whoever_installs_is_led_to_it():
    assert all("security.md" in read(name) for name in ("README.md", "docs/operations.md"))


# --- words ------------------------------------------------------------------------------------------


def glossary() -> list[list[str]]:
    return table(read("docs/glossary.md"))


def test_every_term_has_both_names_and_one_line():
    for row in glossary():
        assert len(row) == 3 and all(row), row
        assert re.search(r"[\u4e00-\u9fff]", row[1]) and "顾客" not in row[1], row


def test_terms_stand_once_and_in_order():
    terms = [row[0].casefold() for row in glossary()]

    assert terms == sorted(set(terms))


def test_the_glossary_says_it_as_the_product_does():
    chinese = {row[0].casefold(): row[1] for row in glossary()}
    lists = (vocabulary.VERDICTS, vocabulary.STANDARD_KINDS, vocabulary.LEVELS, vocabulary.LENSES, vocabulary.ROLES)
    shared = {words["en"].casefold(): words["zh"] for each in lists for words in each.values()}

    assert {term: chinese[term] for term in chinese.keys() & shared} == {
        term: shared[term] for term in chinese.keys() & shared
    }


# --- what documents point at ------------------------------------------------------------------------


def paths(text: str) -> set[str]:
    """What stands in backticks and looks like a path of the repository."""
    said = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", text))
    return {path for path in said if not path.startswith(OF_AN_INSTANCE)}


def exists(path: str, document: Path) -> bool:
    """From the root, from beside the document, or from where the rooms lie, as documents shorten it."""
    rooms = (ROOT / "shadowing", ROOT / "static/js")
    return any((base / path).exists() for base in (ROOT, document.parent, *rooms))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_that_is_named_is_there(document):
    assert [path for path in sorted(paths(document.read_text("utf-8"))) if not exists(path, document)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document):
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)", document.read_text("utf-8"))

    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_lines_can_be_read_side_by_side(document):
    """Rows of tables aside, which cannot be broken."""
    lines = document.read_text("utf-8").splitlines()

    assert [line for line in lines if len(line) > 160 and not line.startswith("|")] == []
