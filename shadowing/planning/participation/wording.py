"""What the figures of participation say, in sentences. Pure."""

from __future__ import annotations

from shadowing.core.sentences import Sentence, Value, gettext, ngettext
from shadowing.journeys.wording import Served
from shadowing.planning.participation.figures import DAYS, DepartmentRow, Participation, Unsent


def who_went(page: Participation, served: Served) -> tuple[Sentence, ...]:
    """The sentence at the top."""
    if not page.visits:
        return (
            gettext("<b>Nobody has walked with a %(one)s in %(days)s days.</b>", days=DAYS, **served),
            gettext("The first visit is the one that gets others to go."),
        )
    people = ngettext(
        "<b>%(num)s person walked with a %(one)s</b>",
        "<b>%(num)s people walked with a %(one)s</b>",
        page.active,
        **served,
    )
    return (
        gettext(
            "%(people)s in %(days)s days, from %(some)s of %(all)s departments: %(visits)s visits.",
            people=people,
            days=DAYS,
            some=page.took_part,
            all=len(page.departments),
            visits=page.visits,
        ),
    )


def how_it_is_counted(page: Participation) -> tuple[Sentence, ...]:
    told = gettext(
        "Departments of fewer than three people are not counted: that would count a person. Nobody is ranked here."
    )
    if page.visits_each is None:
        return (told,)
    return told, gettext("%(n)s visits for everyone who walked.", n=f"{page.visits_each:.1f}")


def of_people(row: DepartmentRow) -> Sentence:
    return gettext("%(active)s of %(people)s people", active=row.active or 0, people=row.people)


def what_may_be_there(each: Unsent) -> Sentence:
    """What a phone may hold, and since when."""
    told: list[Value] = []
    if each.media:
        told.append(
            ngettext(
                "%(num)s photo or voice note has not come",
                "%(num)s photos or voice notes have not come",
                each.media,
            )
        )
    if each.open_visits:
        told.append(ngettext("%(num)s visit is still open", "%(num)s visits are still open", each.open_visits))
    if each.planned:
        told.append(
            ngettext(
                "%(num)s planned visit has not been heard of",
                "%(num)s planned visits have not been heard of",
                each.planned,
            )
        )
    return gettext("%(what)s; since %(day)s", what=tuple(told), day=each.since)


def last_heard(each: Unsent) -> Sentence:
    return gettext("last heard %(day)s", day=each.heard_at) if each.heard_at else gettext("never heard")
