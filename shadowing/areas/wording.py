"""What the figures of areas say, in sentences. Pure."""

from __future__ import annotations

from math import floor

from shadowing.areas.beside.wording import roughly
from shadowing.areas.figures import AreaPage, AreasPage, ObservationsPage
from shadowing.core.formatting import chance, chance_words
from shadowing.core.sentences import Duration, Sentence, Value, gettext, ngettext
from shadowing.core.vocabulary import LEVELS
from shadowing.scoring import wording as scores
from shadowing.scoring.shapes import AreaRow
from shadowing.scoring.statistics.visits_that_decide import MOST, Deciding


def how_many_fail(page: AreasPage) -> tuple[Sentence, ...]:
    """The sentence over the list of areas."""
    failing = len(page.failing)
    if failing:
        told = [
            ngettext(
                "<b>%(num)s of %(total)s areas</b> is very likely below target.",
                "<b>%(num)s of %(total)s areas</b> are very likely below target.",
                failing,
                total=page.total,
            )
        ]
        return (*told, *_more_about_failing(page))
    if len(page.groups) == 1 and page.groups[0].verdict == "not_enough_evidence":
        return (gettext("<b>Too little has been seen to judge.</b> Three visits give a first picture of an area."),)
    return (
        ngettext(
            "The one area is <b>not very likely below target</b>.",
            "<b>None of %(num)s areas</b> is very likely below target.",
            page.total,
        ),
    )


def evidence_of(area: AreaRow, imported: bool) -> Sentence:
    """How much a chance rests on."""
    return scores.answers(area.visits) if imported else scores.visits(area.visits)


def too_few_visits(area: AreaRow) -> Sentence:
    """Under their number, where no chance is named."""
    return ngettext("visit only", "visits only", area.visits)


def areas_unseen(page: AreasPage) -> Sentence:
    if page.is_part:
        return ngettext(
            "With this filter, <b>%(num)s area nobody has looked at</b>.",
            "With this filter, <b>%(num)s areas nobody has looked at</b>.",
            page.unseen,
        )
    return ngettext(
        "<b>%(num)s area nobody has looked at</b> in %(days)s days.",
        "<b>%(num)s areas nobody has looked at</b> in %(days)s days.",
        page.unseen,
        days=page.window_days,
    )


def how_to_read_it(page: AreasPage) -> tuple[Sentence, ...]:
    """The small print: what an interval means, and whose ratings these are."""
    if page.imported:
        source = gettext("These ratings come from an imported file; nobody of ours observed them.")
    else:
        source = gettext("Lenient and harsh observers are evened out.")
    return (
        gettext("“Most likely” means a 90%% interval: the shaded bar holds the true value nine times in ten."),
        source,
    )


def how_it_stands(page: AreaPage) -> tuple[Sentence, ...]:
    """The sentence at the top of an area's page: what is known, how surely, and why."""
    area = page.area
    if area.estimate is None or area.rows == 0:
        return (gettext("<b>Nobody has looked here yet.</b> Three visits give a first picture."),)
    ends = {"score": area.estimate.shown, "low": area.estimate.low, "high": area.estimate.high}
    if area.verdict == "not_enough_evidence":
        return (
            ngettext(
                "<b>Not enough evidence: one visit.</b>", "<b>Not enough evidence: %(num)s visits.</b>", area.visits
            ),
            gettext("So far it scores about %(score)s, anywhere between %(low)s and %(high)s.", **ends),
        )
    return (
        gettext("It scores <b>%(score)s</b>, most likely between %(low)s and %(high)s.", **ends),
        below_target(area),
        *_why(page),
    )


def how_many_decide(deciding: Deciding) -> Sentence:
    """Why it is only on watch (METHOD 7)."""
    if deciding.visits is None:
        return gettext(
            "Even %(most)s more visits would decide it in only %(cases)s of 100 cases.",
            most=MOST,
            cases=floor(100 * deciding.chance + 0.5),
        )
    return gettext("About %(visits)s more visits decide this one.", visits=deciding.visits)


def fixed_and_seen_again(area: AreaRow) -> Sentence:
    """The mark of a place whose fix is being seen again (METHOD 6.1); for those who may know it."""
    return gettext(
        "fixed %(day)s, seen again %(seen)s of %(planned)s: %(before)s before, %(now)s now",
        day=area.fixed_at or "",
        seen=area.seen_again,
        planned=area.planned or 0,
        before=_or_dash(area.before_shown),
        now=_or_dash(area.estimate.shown if area.estimate else None),
    )


def all_observations(count: int) -> Sentence:
    """The link to the list."""
    return ngettext("See the one observation", "All %(num)s observations", count)


def how_many_listed(page: ObservationsPage) -> Sentence:
    if page.total == page.of_all:
        return ngettext("%(num)s observation, newest first.", "%(num)s observations, newest first.", page.total)
    return gettext("%(count)s of %(total)s observations, newest first.", count=page.total, total=page.of_all)


def counts_in_the_index(page: AreaPage, points: int) -> Sentence:
    """What the area gives to the index: said once, on its own page (METHOD 2.1)."""
    return gettext("It counts with %(points)s in the CX index, which weighs all three levels.", points=points)


def below_target(area: AreaRow) -> Sentence:
    """How likely it is. Few ratings allow words only; certainty is never claimed."""
    probability = area.probability or 0.0
    if not area.figures_allowed:
        return _in_words(probability)
    target = (area.estimate.target_shown if area.estimate else None) or 0
    if probability > 0.99:
        return gettext("It is <b>more than 99%% likely to be below the target of %(target)s</b>.", target=target)
    if probability < 0.01:
        return gettext("It is <b>less than 1%% likely to be below the target of %(target)s</b>.", target=target)
    return gettext(
        "It is <b>%(chance)s likely to be below the target of %(target)s</b>.",
        chance=chance(probability),
        target=target,
    )


def waiting_on_base(page: AreaPage) -> Sentence:
    return gettext(
        "<b>Waiting on the base:</b> %(levels)s. Work there waits while the base is broken.",
        levels=tuple(LEVELS[level] for level in page.waiting_on_base),
    )


def why_nothing_to_read(page: AreaPage) -> Sentence:
    if page.imported:
        return gettext("Imported ratings: no photos and no notes came with them.")
    if page.observations:
        return gettext("Ratings only so far: no photos, no notes, no quotes.")
    return gettext("Nothing yet.")


def how_good_the_evidence_is(page: AreaPage) -> tuple[Sentence, ...]:
    if page.grade is None:
        return (gettext("Of a part no evidence grade is given: it says how far the whole can be trusted."),)
    if page.last_on is None:
        graded = gettext("Evidence grade %(grade)s.", grade=page.grade)
    else:
        graded = gettext("Evidence grade %(grade)s, last seen %(day)s.", grade=page.grade, day=page.last_on)
    return (graded,) if page.fresh else (graded, gettext("The evidence is getting old."))


def _or_dash(score: int | None) -> Value:
    return "–" if score is None else score


def _more_about_failing(page: AreasPage) -> list[Sentence]:
    told = []
    if page.failing_at_the_base:
        told.append(
            ngettext(
                "In one the base of the pyramid fails first.",
                "In %(num)s the base of the pyramid fails first.",
                page.failing_at_the_base,
            )
        )
    if page.unproven:
        told.append(
            ngettext(
                "One of them is fixed and not yet proven.",
                "%(num)s of them are fixed and not yet proven.",
                len(page.unproven),
            )
        )
    if page.probably_fine:
        told.append(
            ngettext(
                "About one of them is probably fine.",
                "About %(num)s of them are probably fine.",
                page.probably_fine,
            )
        )
    return told


def _in_words(probability: float) -> Sentence:
    slug = chance_words(probability)
    if slug in ("almost_certain", "very_likely"):
        return gettext("It is <b>very probably below its target</b>.")
    if slug == "likely":
        return gettext("It is <b>rather below its target</b> than not.")
    if slug == "open":
        return gettext("Whether it reaches its target is <b>open</b>.")
    return gettext("It is <b>probably not below its target</b>.")


def _why(page: AreaPage) -> list[Sentence]:
    told = []
    if page.area.binding_level:
        told.append(gettext("<b>%(level)s fails first</b>.", level=LEVELS[page.area.binding_level]))
    if page.beside.waits and page.beside.waits.limit and page.beside.waits.median > page.beside.waits.limit:
        median, limit = roughly(page.beside.waits.median, page.beside.waits.count), Duration(page.beside.waits.limit)
        told.append(gettext("Half wait longer than %(median)s; the standard is %(limit)s.", median=median, limit=limit))
    for worst in page.beside.broken_standards[:1]:
        told.append(
            gettext(
                "“%(standard)s” was met in %(count)s of %(total)s.",
                standard=worst.text,
                count=worst.share.count,
                total=worst.share.total,
            )
        )
    if page.check_base_first:
        told.append(gettext("Check the base first: a level below is not certain either."))
    if page.area.one_observer:
        told.append(gettext("One observer alone saw it; another pair of eyes is needed."))
    return told
