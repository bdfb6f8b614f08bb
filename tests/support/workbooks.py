"""Workbooks written by hand, also such as no program writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook(sheet: Iterable[str], texts: Iterable[str] = (), claimed: str = "", **parts: str) -> bytes:
    """A workbook of one sheet from the XML of its rows and of its shared texts. parts: other members, by path."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, content in {**_parts(), **parts}.items():
            packed.writestr(name, content)
        _write(packed, "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>', sheet)
        _write(packed, "xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"{claimed}>', texts)
    return out.getvalue()


def number_rows(rows: int, columns: int, first: int = 1) -> Iterable[str]:
    """XML of rows of small numbers; cells do not say where they stand."""
    for number in range(first, first + rows):
        yield f'<row r="{number}">' + "".join(f"<c><v>{at % 5 + 1}</v></c>" for at in range(columns)) + "</row>"


def _write(packed: zipfile.ZipFile, name: str, root: str, pieces: Iterable[str]) -> None:
    closing = "</sheetData></worksheet>" if "sheetData" in root else "</sst>"
    with packed.open(name, "w") as part:
        part.write((HEAD + root).encode())
        for piece in pieces:
            part.write(piece.encode())
        part.write(closing.encode())


def _parts() -> dict[str, str]:
    relation = "<Relationship Id={} Type={} Target={}/>".format
    relations = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'.format
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations(relation('"r1"', f'"{OFFICE}/officeDocument"', '"xl/workbook.xml"')),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            relation('"r1"', f'"{OFFICE}/worksheet"', '"worksheets/sheet1.xml"')
            + relation('"r2"', f'"{OFFICE}/sharedStrings"', '"sharedStrings.xml"')
        ),
    }
