"""How a score comes about, in sentences whose steps add up (METHOD 1.9). Pure."""

from __future__ import annotations

from collections.abc import Callable

from shadowing.areas.figures import AreaPage, SiteRow
from shadowing.core.formatting import signed
from shadowing.core.sentences import Sentence, gettext, ngettext
from shadowing.scoring.statistics.explanation import Steps


def explained(page: AreaPage) -> Sentence:
    """This number, explained (METHOD 1.9): what was given, who looked, which visits, how few; the steps add up."""
    shown = page.shown
    if shown is None or shown.steps is None:
        return gettext("Nothing has been rated yet.")
    fixed = page.area.reshadowing and page.area.seen_again
    whole = _pulled_after_a_fix if fixed else _pulled_to_all
    pull = {"all": whole, "site": _pulled_to_all_sites, "part": _pulled_to_the_whole}[page.part]
    alone = page.part == "all" and page.area.observers == 1
    return _in_steps(shown.steps, shown.rows, alone, pull, shown.towards or 0)


def site_explained(site: SiteRow, page: AreaPage) -> Sentence:
    """The same of the score at one site, which is pulled towards the score over all of them."""
    if site.steps is None:
        return gettext("Nothing has been rated here since the fix.")
    whole = page.area.estimate.shown if page.area.estimate else 0
    return _in_steps(site.steps, site.rows, False, _pulled_to_all_sites, whole)


def _in_steps(steps: Steps, n: int, alone: bool, pull: Callable[[int, str], Sentence], towards: int) -> Sentence:
    given, looked, went, score = steps.stations
    told = [ngettext("%(num)s visit gave %(score)s", "%(num)s visits gave %(score)s", n, score=given)]
    if alone:
        told.append(gettext("one observer, not corrected"))
    elif looked != given:
        told.append(_who_looked(looked - given))
    if went != looked:
        told.append(_how_visits_went(went - looked))
    if score != went:
        told.append(pull(towards, signed(score - went)))
    told.append(gettext("that makes %(score)s", score=score))
    clauses = told[0]
    for clause in told[1:]:
        clauses = gettext("%(before)s; %(after)s", before=clauses, after=clause)
    return gettext("%(clauses)s.", clauses=clauses)


def _who_looked(step: int) -> Sentence:
    if step > 0:
        return gettext("observers were stricter than usual: %(step)s", step=signed(step))
    return gettext("observers were more lenient than usual: %(step)s", step=signed(step))


def _how_visits_went(step: int) -> Sentence:
    if step > 0:
        return gettext("these visits went worse than usual: %(step)s", step=signed(step))
    return gettext("these visits went better than usual: %(step)s", step=signed(step))


def _pulled_to_all(towards: int, step: str) -> Sentence:
    return gettext(
        "few visits are pulled towards the average of all areas, %(towards)s: %(step)s", towards=towards, step=step
    )


def _pulled_after_a_fix(towards: int, step: str) -> Sentence:
    return gettext(
        "few visits are pulled towards the score before the fix, %(towards)s: %(step)s", towards=towards, step=step
    )


def _pulled_to_all_sites(towards: int, step: str) -> Sentence:
    return gettext(
        "few visits are pulled towards the score over all sites, %(towards)s: %(step)s", towards=towards, step=step
    )


def _pulled_to_the_whole(towards: int, step: str) -> Sentence:
    return gettext(
        "few visits are pulled towards the score without this filter, %(towards)s: %(step)s", towards=towards, step=step
    )
