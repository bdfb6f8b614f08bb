"""QR codes as one path of an SVG, so that no script and no picture is needed. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import segno

#: Modules of nothing around it, which readers need to find it.
QUIET = 2


@dataclass(frozen=True)
class QrCode:
    """path: d of one SVG path; side: how many modules wide and high, the quiet edge included."""

    path: str
    side: int


def qr_code(text: str) -> QrCode:
    """Medium error correction: still read when a tenth of a poster is torn or dirty."""
    made = segno.make_qr(text, error="m")
    rows = [list(row) for row in made.matrix_iter(border=QUIET)]
    return QrCode("".join(_runs(rows)), len(rows))


def _runs(rows: list[list[int]]) -> list[str]:
    runs = []
    for y, row in enumerate(rows):
        start: int | None = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return runs
