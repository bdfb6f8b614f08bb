"""XML read piece by piece: no declarations of its own, no depth and no token without end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO
from xml.parsers.expat import ParserCreate

#: Unpacked bytes at a time, and what a tag, comment or name may hold at most.
PIECE, LONGEST_TOKEN = 2**16, 2**20
DEEPEST = 64
Attributes = Mapping[str, str]


class BrokenXml(ValueError):
    """Nothing that a spreadsheet writes."""


class Handler:
    """What is told of the elements. `start` and `end` come from the parser; a kind that is told of millions of
    elements may answer them itself, all others write `begin`, `text` and `finish`, where names have no prefix.
    """

    depth = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise BrokenXml("too deep")
        self.begin(tag.rpartition(":")[2], attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.finish(tag.rpartition(":")[2])

    def begin(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""

    def text(self, text: str) -> None:
        """Text inside whatever is open; may come in parts."""

    def finish(self, tag: str) -> None:
        """An element ends."""


def pieces_parsed(file: BinaryIO, handler: Handler) -> Iterator[None]:
    """Tell the handler of all elements, piece by piece; in between take what it made. Raises BrokenXml, ExpatError."""
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    given = 0
    with file:
        while piece := file.read(PIECE):
            parser.Parse(piece)
            given += len(piece)
            if given - parser.CurrentByteIndex > LONGEST_TOKEN:
                raise BrokenXml("a tag without end")
            yield
    parser.Parse(b"", True)
    yield


def _refuse(*_declared: Any) -> None:
    raise BrokenXml("a document type")
