"""What flags find and miss on made-up organisations, beside the figures that METHOD 13 states."""

from __future__ import annotations

from pathlib import Path

from tests.bench.rounds import Table
from tests.scoring.simulated import organisations

ORGANISATIONS = 400
#: METHOD 13 as it is printed in the product, in per cent and points, by rows an area; None where it says nothing.
STATED = {
    3: {"covered": 90.0, "flagged": 35.0, "noticed": 70.0, "fine": 14.5, "expected_fine": 9.0, "too_mild": 0.5},
    6: {"covered": 90.0, "flagged": 47.0, "noticed": 70.0},
    12: {"covered": 90.0, "too_mild": 0.2},
}
WORDS = {
    "covered": "intervals that hold the truth",
    "flagged": "clearly bad areas flagged",
    "noticed": "clearly bad areas flagged or on watch",
    "fine": "flagged areas that are in truth fine",
    "expected_fine": "the same as the list expects",
    "too_mild": "points by which the worst tenth is worse than its score",
}


def measure(table: Table, folder: Path, rounds: int) -> None:
    for rows, stated in STATED.items():
        found = vars(organisations(rows, ORGANISATIONS))
        for name, words in WORDS.items():
            share = name != "too_mild"
            value = found[name] * (100 if share else 1)
            title = f"{words}, {rows} rows an area (floor: METHOD 13)"
            table.add(title, "%" if share else "points", value, stated.get(name))
