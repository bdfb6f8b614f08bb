"""A page for somebody who may open nothing else: the same text and charts without its links. Pure."""

from __future__ import annotations

from html.parser import HTMLParser

from markupsafe import Markup


def unlinked(html: str) -> Markup:
    """html: whole, as our templates write it. Links become spans of the same class; what is not printed goes."""
    parser = _Unlinked()
    parser.feed(str(html))
    parser.close()
    return Markup("".join(parser.written))


class _Unlinked(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._before: list[str] | None = None  # what was written before a link that goes altogether

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            names = dict(attrs).get("class") or ""
            if "no-print" in names.split():
                self._before = list(self.written)
            self.written.append(str(Markup('<span class="%s">') % names) if names else "<span>")
        else:
            self.written.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.written.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._before is not None:
            self.written, self._before = self._before, None
        else:
            self.written.append("</span>" if tag == "a" else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.written.append(f"<!--{data}-->")
