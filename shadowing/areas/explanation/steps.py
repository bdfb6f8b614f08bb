"""From what is kept of a score to the steps that add up to it."""

from __future__ import annotations

from shadowing.scoring.models import AreaScore, KeptScore
from shadowing.scoring.statistics.explanation import Steps


def steps_of(score: AreaScore | KeptScore) -> Steps | None:
    """How the score comes from the plain mean (METHOD 1.9); None where nobody has rated or it was not kept yet."""
    if score.raw_mean is None or score.who is None or score.company is None:
        return None
    few = score.score - score.raw_mean - score.who - score.company
    return Steps(score.raw_mean, score.who, score.company, few)
