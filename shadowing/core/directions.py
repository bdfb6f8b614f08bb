"""Names, labels and quotes keep their direction to themselves: «שלום (3)» never turns the words beside it.

Every page gets it at one place. In a template's text a value that could turn its neighbours comes out inside <bdi>;
where no element may stand (attributes people read or hear, <option>, <title>, SVG) between the signs U+2068 and U+2069
that mean the same. Values set into a sentence are isolated by gettext itself, in templates and in Python alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask
from flask_babel import Domain, get_translations  # type: ignore[attr-defined]
from jinja2 import pass_context, pass_eval_context
from jinja2.ext import Extension
from jinja2.filters import do_join, make_attrgetter
from jinja2.lexer import Token, TokenStream
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

OPEN, CLOSE = "\u2068", "\u2069"
#: Letters and digits written from right to left, with the marks that say so.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
#: Embeddings and overrides, which what was noted to the letter may hold: they would reach beyond its end.
OVERRIDES = re.compile("[\u202a-\u202e]")
#: Attributes that people read or hear; the others are for machines and stay as they are.
READ = frozenset({"alt", "aria-description", "aria-label", "aria-valuetext", "placeholder", "title"})
#: Where text stands but no element may, and where text must stay to the letter.
BARE, EXACT = frozenset({"option", "svg", "title"}), frozenset({"script", "style", "textarea"})
MARKUP = re.compile(
    r"<!--.*?-->|<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)|(?P<attribute>[\w-]+)\s*=\s*(?P<quote>[\"'])|(?P<sign>[\"'>])",
    re.S,
)


class Translated(Markup):
    """A translated sentence, escaped; its values stand between OPEN and CLOSE where they could turn it."""


class IsolatingDomain(Domain):
    """The catalogue, whose sentences isolate what is set into them."""

    def gettext(self, string: str, **variables: object) -> str:
        return str(super().gettext(string, **_isolated(variables)))

    def ngettext(self, singular: str, plural: str, num: int, **variables: object) -> str:
        return str(super().ngettext(singular, plural, num, **_isolated(variables)))


class IsolateDirections(Extension):
    """Sends every `{{ … }}` of a template through the filter its place asks for."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        if not (stream.name or "").endswith(".html"):
            return stream
        return self._routed(stream)

    def _routed(self, stream: TokenStream) -> Iterator[Token]:
        place, filtered, last = Place(), None, ""
        for token in stream:
            if token.type == "data":
                place.after(token.value)
            if token.type == "name":
                place.block(last, token.value)
                last = token.value
            if token.type == "variable_end" and filtered:
                yield from _tokens(token.lineno, ("rparen", ")"), ("pipe", "|"), ("name", filtered))
            yield token
            if token.type == "variable_begin":
                filtered = place.filter()
                if filtered:
                    yield Token(token.lineno, "lparen", "(")


class Place:
    """Where in the HTML a template has got to, as far as its text tells."""

    def __init__(self) -> None:
        self._attribute: str | None = None
        self._quote = ""
        self._in_tag = False
        self._tag = ""
        self._within: list[str] = []
        self._in_sentence = False

    def after(self, html: str) -> None:
        for found in MARKUP.finditer(html):
            self._step(found)

    def block(self, before: str, name: str) -> None:
        """`{% block title %}` of a page fills the <title> of its layout; `{% trans %}` isolates its values itself."""
        if (before, name) == ("block", "title"):
            self._within.append("title")
        elif name == "endblock" and "title" in self._within:
            self._within.remove("title")
        elif name in ("trans", "endtrans"):
            self._in_sentence = name == "trans"

    def filter(self) -> str | None:
        """The filter's name for a value that stands here, None where it stays as it is."""
        if self._in_sentence:
            return None
        if self._in_tag:
            return "isolated_plain" if self._attribute in READ else None
        if EXACT & set(self._within):
            return None
        return "isolated_plain" if BARE & set(self._within) else "isolated"

    def _step(self, found: re.Match[str]) -> None:
        if self._quote:
            if self._quote in (found["sign"], found["quote"]):
                self._quote, self._attribute = "", None
        elif self._in_tag:
            self._inside_tag(found)
        elif found["name"]:
            self._open(found["name"].lower(), closing=bool(found["close"]))

    def _inside_tag(self, found: re.Match[str]) -> None:
        if found["attribute"]:
            self._attribute, self._quote = found["attribute"].lower(), found["quote"]
        elif found["sign"] == ">":
            self._in_tag = False
        elif found["sign"]:
            self._quote = found["sign"]

    def _open(self, name: str, *, closing: bool) -> None:
        self._in_tag = True
        if name not in BARE | EXACT:
            return
        if not closing:
            self._within.append(name)
        elif name in self._within:
            self._within.remove(name)


def isolate_directions(app: Flask) -> None:
    """After Babel: its sentences and every template keep directions apart."""
    app.extensions["babel"].instance.domain_instance = IsolatingDomain()
    environment = app.jinja_env
    environment.add_extension(IsolateDirections)
    environment.filters |= {"isolated": isolated, "isolated_plain": isolated_plain, "join": _join}
    environment.globals |= {"gettext": _gettext, "ngettext": _ngettext}


def isolated(value: object) -> object:
    """What a template shows in its text: <bdi> around what could turn its neighbours."""
    if isinstance(value, Translated):
        return Markup(str(value).replace(OPEN, "<bdi>").replace(CLOSE, "</bdi>"))
    if type(value) is str and (RIGHT_TO_LEFT.search(value) or OVERRIDES.search(value)):
        return Markup("<bdi>%s</bdi>") % OVERRIDES.sub("", value)
    return value


def isolated_plain(value: object) -> object:
    """The same in signs, where no element may stand and for sentences in plain text."""
    return isolated_text(value) if type(value) is str else value


def isolated_text(text: str) -> str:
    turns = RIGHT_TO_LEFT.search(text) or OVERRIDES.search(text)
    return f"{OPEN}{OVERRIDES.sub('', text)}{CLOSE}" if turns else text


@pass_eval_context
def _join(context: EvalContext, values: Iterable[object], between: str = "", attribute: str | None = None) -> str:
    """Jinja's own, of which each part keeps its direction to itself."""
    if attribute is not None:
        values = map(make_attrgetter(context.environment, attribute), values)
    joined: str = do_join(context, map(isolated_plain, values), between)
    return joined


def _isolated(variables: dict[str, Any]) -> dict[str, Any]:
    return {name: isolated_plain(value) for name, value in variables.items()}


@pass_context
def _gettext(context: Context, message: str, /, **variables: object) -> str:
    return _filled(context, get_translations().gettext(message), variables)


@pass_context
def _ngettext(context: Context, singular: str, plural: str, num: int, /, **variables: object) -> str:
    return _filled(context, get_translations().ngettext(singular, plural, num), {"num": num, **variables})


def _filled(context: Context, sentence: str, variables: dict[str, object]) -> str:
    if context.eval_ctx.autoescape:
        return Translated(sentence) % _isolated(variables)
    return sentence % _isolated(variables)


def _tokens(line: int, *tokens: tuple[str, str]) -> Iterator[Token]:
    return (Token(line, kind, value) for kind, value in tokens)
