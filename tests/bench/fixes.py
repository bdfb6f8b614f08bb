"""How often verification calls a fix improved: one without effect, and one that reaches the target (METHOD 6)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.bench.rounds import Table
from tests.scoring.statistics.test_verification import judged

FIXES = 4000


def measure(table: Table, folder: Path, rounds: int) -> None:
    chance = np.random.default_rng(6)
    without = [judged(chance, lambda wanted: 0.0)[0] for _ in range(FIXES)]
    reaching = [judged(chance, lambda wanted: wanted) for _ in range(FIXES)]
    shown = [told == "improved" for told, enough in reaching if enough]
    table.add("fixes without effect called improved (aim: at most 8)", "%", 100 * without.count("improved") / FIXES)
    table.add("fixes without effect called worse", "%", 100 * without.count("worse") / FIXES)
    table.add("fixes that reach the target called improved at n* (aim: at least 80)", "%", 100 * float(np.mean(shown)))
