"""What holds for every template: nothing the content policy would drop, and every sentence in both languages."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
KEYWORDS = {"_": None, "_l": None, "N_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
#: How the person served is called may stand in one language where the other says "they".
SERVED_GAPS = {"one", "many", "the", "possessive", "Many", "The"}


def catalogue():
    with (ROOT / "shadowing/translations/zh_Hans_CN/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="zh_Hans_CN")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_nothing_the_content_policy_would_drop(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"""\sstyle\s*=|<style|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\ssrc=)""", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_line_is_longer_than_one_reads_at_once(path):
    lines = path.read_text(encoding="utf-8").splitlines()

    assert [number for number, line in enumerate(lines, 1) if len(line) > 140] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_sentences_made_from_figures_come_from_wording(path):
    """A plural is chosen in a room's wording.py, where mail and API find it too."""
    tree = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"]).parse(path.read_text(encoding="utf-8"))

    assert [name.lineno for name in tree.find_all(nodes.Name) if name.name in ("ngettext", "npgettext")] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_constant_goes_through_a_filter(path):
    """It would be folded when the template is compiled, in the language of whoever came first."""
    tree = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"]).parse(path.read_text(encoding="utf-8"))

    assert [filtered.name for filtered in tree.find_all(nodes.Filter) if is_constant(filtered)] == []


def is_constant(filtered):
    if filtered.node is None:  # around a block
        return False
    inside = [each for each in filtered.find_all(nodes.Expr) if not isinstance(each, nodes.Filter)]
    return all(isinstance(each, nodes.Const | nodes.Dict | nodes.List | nodes.Tuple) for each in inside)


def test_every_sentence_of_server_pages_is_said_in_chinese():
    said = {message.id[0] if isinstance(message.id, tuple) else message.id for message in catalogue() if message.string}
    wanted = set()
    for folder, methods in (
        (ROOT / "shadowing", [("**.py", "python")]),
        (ROOT / "templates", [("**.html", "jinja2.ext:babel_extract")]),
    ):
        options = {"**.html": {"encoding": "utf-8", "trimmed": "true"}}
        for _, _, message, _, _ in extract_from_dir(folder, methods, options, KEYWORDS):
            wanted.add(message[0] if isinstance(message, tuple) else message)
    assert sorted(wanted - said) == []


def test_chinese_keeps_its_words_and_placeholders():
    for message in catalogue():
        if not message.id:
            continue
        source = " ".join(message.id) if isinstance(message.id, tuple) else message.id
        chinese = " ".join(message.string) if isinstance(message.string, tuple) else message.string
        assert chinese and "顾客" not in chinese, source
        known = set(re.findall(r"%\(\w+\)s", source)) | {f"%({gap})s" for gap in ("num", *SERVED_GAPS)}
        assert set(re.findall(r"%\(\w+\)s", chinese)) <= known, source
