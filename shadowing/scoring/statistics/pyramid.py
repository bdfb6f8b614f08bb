"""Base first: which level of an area gives way, which one is shown (METHOD 2, DECISIONS 17)."""

from collections.abc import Mapping
from dataclasses import dataclass

from shadowing.core.vocabulary import LEVELS, Level, VerdictSlug
from shadowing.scoring.statistics.verdicts import HEALTHY, NOT_ENOUGH, UNDERPERFORMING, WATCH

_WORST_FIRST: tuple[VerdictSlug, ...] = (UNDERPERFORMING, WATCH, HEALTHY, NOT_ENOUGH)


@dataclass(frozen=True)
class LevelFinding:
    """One judged level of one area. Levels that were never rated are simply left out."""

    verdict: VerdictSlug
    probability: float
    gain: float = 0.0


Findings = Mapping[Level, LevelFinding]


def binding_level(findings: Findings) -> Level | None:
    """The lowest level that is underperforming, or None."""
    return next((level for level in LEVELS if _verdict(findings, level) == UNDERPERFORMING), None)


def shown_level(findings: Findings) -> Level | None:
    """The level whose score stands for the area: the binding one, else the likeliest below target.

    Levels with enough evidence go before levels without. None when nothing was rated.
    """
    binding = binding_level(findings)
    if binding:
        return binding
    rated = [level for level in LEVELS if level in findings]
    judged = [level for level in rated if findings[level].verdict != NOT_ENOUGH] or rated
    return max(judged, key=lambda level: findings[level].probability, default=None)


def area_verdict(findings: Findings) -> VerdictSlug:
    """The worst level's verdict; a level without enough evidence speaks only when all are so."""
    given = {finding.verdict for finding in findings.values()}
    return next((slug for slug in _WORST_FIRST if slug in given), NOT_ENOUGH)


def waiting_on_the_base(findings: Findings) -> tuple[Level, ...]:
    """Underperforming levels above the binding one: attached to its item, not items themselves."""
    binding = binding_level(findings)
    return tuple(level for level in LEVELS if level != binding and _verdict(findings, level) == UNDERPERFORMING)


def check_the_base_first(findings: Findings) -> bool:
    """True when a level below the binding one is on watch or has not enough evidence."""
    binding = binding_level(findings)
    if binding is None:
        return False
    order = list(LEVELS)
    return any(_verdict(findings, level) in (WATCH, NOT_ENOUGH) for level in order[: order.index(binding)])


def lower_levels_short(level: Level, findings: Findings) -> tuple[Level, ...]:
    """Levels below this one that are underperforming: work on it waits for them."""
    order = list(LEVELS)
    return tuple(each for each in order[: order.index(level)] if _verdict(findings, each) == UNDERPERFORMING)


def gated_gain(level: Level, findings: Findings) -> float:
    """The view by value: G times the probability that every level below is fine."""
    gain = findings[level].gain
    for lower in list(LEVELS)[: list(LEVELS).index(level)]:
        if lower in findings:
            gain *= 1.0 - findings[lower].probability
    return gain


def _verdict(findings: Findings, level: Level) -> VerdictSlug:
    return findings[level].verdict if level in findings else NOT_ENOUGH
