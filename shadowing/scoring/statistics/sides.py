"""Two sites or two channels side by side (METHOD 1.8), from the few numbers of a fit that comparing needs.

A fit keeps its whole inverse C in memory alone. What differences ask of it are sums over the panel, over sites and over
an area: these are taken out here, kept with the scores, and put together again by pages. S sites; without two sites the
arrays over sites are empty.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shadowing.scoring.statistics.equations import FloatArray, Variances
from shadowing.scoring.statistics.parts import Parts, kappa_of
from shadowing.scoring.statistics.scoring import Fit

#: Numbers of an area that are no array over sites.
_OWN = 7


@dataclass(frozen=True)
class FitSides:
    """What all areas of one level have in common; g is 1 at μ and p_j at o_j.

    panel    g'Cg
    by_site  (S,)   g'C at the sites
    between  (S, S) C of the sites
    effects  (S,)   β
    """

    variances: Variances
    panel: float
    by_site: FloatArray
    between: FloatArray
    effects: FloatArray

    @property
    def sites(self) -> int:
        return len(self.effects)

    def packed(self) -> bytes:
        return np.concatenate([[self.panel], self.by_site, self.effects, self.between.ravel()]).tobytes()

    @classmethod
    def unpacked(cls, numbers: bytes, variances: Variances, sites: int) -> FitSides:
        panel, by_site, effects, between = np.split(np.frombuffer(numbers), [1, 1 + sites, 1 + 2 * sites])
        return cls(variances, float(panel[0]), by_site, between.reshape(sites, sites), effects)


@dataclass(frozen=True)
class AreaSides:
    """One area on one level.

    score, error      m_i and s_i, over everything; n its rows
    expected          what is expected there before a site's β: g'x + a_i + δ_i
    own, by_panel     C at the area, g'C at the area
    unseen            τa² where nobody has rated the area and no earlier epoch did
    by_site           (S,) C between the area and the sites
    shares            (S,) h_is
    rows, seen        (S,) n_is, and r_is: what was seen there, corrected for who looked
    beside            C between it and other areas, by their ids
    """

    score: float
    error: float
    n: int
    expected: float
    own: float
    by_panel: float
    unseen: float
    by_site: FloatArray
    shares: FloatArray
    rows: FloatArray
    seen: FloatArray
    beside: Mapping[int, float]

    def packed(self) -> bytes:
        own = [self.score, self.error, self.n, self.expected, self.own, self.by_panel, self.unseen]
        return np.concatenate([own, self.by_site, self.shares, self.rows, self.seen]).tobytes()

    @classmethod
    def unpacked(cls, numbers: bytes, beside: Mapping[int, float]) -> AreaSides:
        own, rest = np.split(np.frombuffer(numbers), [_OWN])
        score, error, n, expected, at_itself, by_panel, unseen = (float(each) for each in own)
        by_site, shares, rows, seen = rest.reshape(4, -1)
        return cls(score, error, int(n), expected, at_itself, by_panel, unseen, by_site, shares, rows, seen, beside)


@dataclass(frozen=True)
class OneSide:
    """One of what is compared: an area, by its id, at one site (its number) or over all of them (None).

    site OUTSIDE: one that the fit knows nothing of.
    """

    id: int
    area: AreaSides
    site: int | None = None


#: A site without a single row of this level.
OUTSIDE = -1


def fit_sides(solved: Fit) -> FitSides:
    """To be kept with the fit."""
    sites = slice(len(solved.inverse) - len(solved.site_effects), len(solved.inverse))
    return FitSides(
        variances=solved.variances,
        panel=solved.panel_spread,
        by_site=solved.panel_column[sites],
        between=solved.inverse[sites, sites],
        effects=solved.site_effects,
    )


def area_sides(
    solved: Fit, parts: Parts | None, units: Mapping[int, int], together: Sequence[Sequence[int]]
) -> dict[int, AreaSides]:
    """To be kept of every area, by its id. units: area id -> its number in the fit; together: ids that are compared."""
    none = np.zeros((len(solved.area_effects), 0))
    rows, seen = (none, none) if parts is None else (parts.rows, parts.seen)
    sites = slice(len(solved.inverse) - len(solved.site_effects), len(solved.inverse))
    plain = solved.panel + solved.area_effects
    expected = plain if parts is None else parts.expected[:, 0] - solved.site_effects[0]
    unseen = np.where((solved.area_rows > 0) | solved.follows, 0.0, solved.variances.area)
    others = {id: [other for other in group if other != id] for group in together for id in group}
    return {
        id: AreaSides(
            score=float(solved.scores[i]),
            error=float(solved.errors[i]),
            n=int(solved.area_rows[i]),
            expected=float(expected[i]),
            own=float(solved.inverse[1 + i, 1 + i]),
            by_panel=float(solved.panel_column[1 + i]),
            unseen=float(unseen[i]),
            by_site=solved.inverse[1 + i, sites],
            shares=solved.site_shares[i],
            rows=rows[i].astype(np.float64),
            seen=seen[i],
            beside={other: float(solved.inverse[1 + i, 1 + units[other]]) for other in others.get(id, ())},
        )
        for id, i in units.items()
    }


def score_of(fit: FitSides, side: OneSide) -> tuple[float, float]:
    """θ and s at a site, with or without rows there; m and s over all of them."""
    area, left = side.area, _left(fit, side)
    if side.site is None:
        return area.score, area.error
    seen = 0.0 if side.site == OUTSIDE or not fit.sites else float(area.seen[side.site])
    score = left * (area.expected + _effect(fit, side)) + (1 - left) * seen
    spread = fit.variances.residual * _product(fit, side, side) + _new_site(fit, side)
    spread += fit.variances.part * _spread_out(fit, side)
    return score, math.sqrt(left**2 * spread + left * fit.variances.part + area.unseen)


def apart(fit: FitSides, one: OneSide, other: OneSide) -> tuple[float, float]:
    """How much higher the first is, and the standard error of that (METHOD 1.8, "Two sites", "Two channels")."""
    of_one, of_other = _left(fit, one), _left(fit, other)
    shared = _product(fit, one, other)
    spread = of_one**2 * _product(fit, one, one) + of_other**2 * _product(fit, other, other)
    variance = fit.variances.residual * (spread - 2 * of_one * of_other * shared)
    for side, left in ((one, of_one), (other, of_other)):
        if side.site is not None:
            variance += fit.variances.part * left
            if one.id != other.id:  # what the sites of one area share cancels, that of two areas does not
                variance += left**2 * fit.variances.part * _spread_out(fit, side)
    return score_of(fit, one)[0] - score_of(fit, other)[0], math.sqrt(max(variance, 0.0))


def rows_of_side(side: OneSide) -> int:
    """n_is, or those of the area."""
    if side.site is None:
        return side.area.n
    return 0 if side.site == OUTSIDE or not len(side.area.rows) else int(side.area.rows[side.site])


def _left(fit: FitSides, side: OneSide) -> float:
    """1 − k_is: how much of the score is what was expected. Over everything all of it is the fit's."""
    if side.site is None:
        return 1.0
    kappa = kappa_of(fit.variances)
    return kappa / (rows_of_side(side) + kappa)


def _effect(fit: FitSides, side: OneSide) -> float:
    known = side.site is not None and side.site != OUTSIDE and fit.sites
    return float(fit.effects[side.site]) if known else 0.0


def _new_site(fit: FitSides, side: OneSide) -> float:
    """What a site without a row in the fit adds: its own β; where the fit has one site, that one's as well."""
    if side.site != OUTSIDE:
        return 0.0
    return fit.variances.site * (1 if fit.sites else 2)


def _spread_out(fit: FitSides, side: OneSide) -> float:
    """Σ h_it²: how the rows of the area are spread over sites."""
    return float((side.area.shares**2).sum()) if fit.sites else 1.0


def _where(fit: FitSides, side: OneSide) -> FloatArray:
    """(S,) what the line of a side has at β."""
    if side.site is None:
        return side.area.shares
    line = np.zeros(fit.sites)
    if side.site != OUTSIDE and fit.sites:
        line[side.site] = 1.0
    return line


def _product(fit: FitSides, one: OneSide, other: OneSide) -> float:
    """ℓ'Cℓ of two lines g + a_i + where."""
    first, second = _where(fit, one), _where(fit, other)
    areas = one.area.own if one.id == other.id else one.area.beside[other.id]
    own = fit.panel + one.area.by_panel + other.area.by_panel + areas
    sites = fit.by_site @ (first + second) + first @ fit.between @ second
    return float(own + sites + one.area.by_site @ second + other.area.by_site @ first)
