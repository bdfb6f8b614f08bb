"""A page as a browser would first see it, and what every page of ours must hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
#: Left open, or closed by what follows, in any HTML.
LOOSE = {"html", "head", "body", "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody"}
#: Controls that say themselves what they are.
SAYS_ITSELF = ("hidden", "submit", "button", "reset", "image")


@dataclass(repr=False)
class Tag:
    name: str
    attributes: dict[str, str]
    inside: tuple[Tag, ...] = ()
    text: str = ""

    def __repr__(self) -> str:
        return f"<{self.name} {self.attributes}>"

    def within(self, name: str) -> bool:
        return any(tag.name == name for tag in self.inside)


@dataclass(repr=False)
class Markup(HTMLParser):
    """Tags in order, each with the text inside it."""

    source: str
    tags: list[Tag] = field(default_factory=list)
    crossed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Tag] = []
        self.feed(self.source)
        self.close()
        self.crossed += [f"<{tag.name}> is never closed" for tag in self._open if tag.name not in LOOSE]

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        tag = Tag(name, {key: value or "" for key, value in attributes}, tuple(self._open))
        self.tags.append(tag)
        if name not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(name, {key: value or "" for key, value in attributes}, tuple(self._open)))

    def handle_endtag(self, name: str) -> None:
        while self._open and self._open[-1].name != name and self._open[-1].name in LOOSE:
            self._open.pop()
        if self._open and self._open[-1].name == name:
            self._open.pop()
        elif name not in LOOSE:
            self.crossed.append(f"</{name}> closes nothing")

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            tag.text += data

    def all(self, *names: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name in names]

    def one(self, name: str) -> Tag:
        """The page's only one; a drawing may have others of its own."""
        (found,) = [tag for tag in self.all(name) if not tag.within("svg")]
        return found

    @property
    def links(self) -> list[str]:
        """Where one can go from here on this site, without the place on the page."""
        targets = [tag.attributes.get("href", "") for tag in self.all("a")]
        return [target.partition("#")[0] for target in targets if target.startswith("/")]


def words_of(tag: Tag) -> str:
    return " ".join(tag.text.split())


def complaints(markup: Markup, language: str) -> list[str]:
    """What is wrong with a page that is read as it comes from the server; empty is good."""
    found = [*drawn_by_script(markup), *markup.crossed]
    headings = [words_of(tag) for tag in markup.all("h1")]
    if len(headings) != 1 or not headings[0]:
        found.append(f"headings of the first order: {headings}")
    if markup.one("html").attributes.get("lang") != language:
        found.append(f"lang is {markup.one('html').attributes.get('lang')}")
    if len(markup.all("main")) != 1:
        found.append("not exactly one main")
    found += [f"left over: {left}" for left in ("%(", "{{", "{%", "nan<") if left in markup.source]
    return found


def drawn_by_script(markup: Markup) -> list[str]:
    """What holds for every page, also for one that scripts draw."""
    title = words_of(markup.one("title"))
    found = [] if title and not title.startswith("·") else [f"title {title!r}"]
    ids = [tag.attributes["id"] for tag in markup.tags if "id" in tag.attributes]
    found += [f"id {id} stands twice" for id in {id for id in ids if ids.count(id) > 1}]
    for tag in markup.tags:
        found += [f"<{tag.name} {why}>" for why in _of_tag(tag, set(ids))]
    found += [f"{tag} has no label" for tag in unlabelled(markup)]
    return found


def unlabelled(markup: Markup) -> list[Tag]:
    """Controls that nobody can name."""
    labelled = {tag.attributes.get("for") for tag in markup.all("label")}
    controls = [tag for tag in markup.all("input", "select", "textarea") if not _says_itself(tag)]
    nameless = [tag for tag in controls if tag.attributes.get("id") not in labelled and not tag.within("label")]
    buttons = [tag for tag in markup.all("button", "a", "summary") if not words_of(tag)]
    return [tag for tag in nameless + buttons if not {"aria-label", "aria-labelledby"} & tag.attributes.keys()]


def _says_itself(tag: Tag) -> bool:
    return tag.name == "input" and ("hidden" in tag.attributes or tag.attributes.get("type") in SAYS_ITSELF)


def _of_tag(tag: Tag, ids: set[str]) -> list[str]:
    found = [f"has {name}=" for name in tag.attributes if name == "style" or name.startswith("on")]
    if tag.name == "style" or (tag.name == "script" and not tag.attributes.get("src", "").startswith("/")):
        found.append("stands inline")
    if tag.name == "img" and "alt" not in tag.attributes:
        found.append("has no alt")
    for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        found += [
            f"{name} names {id}, which is not there" for id in tag.attributes.get(name, "").split() if id not in ids
        ]
    for name in ("href", "src", "action"):
        if tag.attributes.get(name, "").startswith(("javascript:", "http:", "https:", "//", "data:")):
            found.append(f"{name} leads elsewhere")
        if "missing-" in tag.attributes.get(name, "") and name != "action":
            found.append(f"{name} was never built")
    return found
