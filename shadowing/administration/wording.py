"""Who is here and where they belong, and the test mail, in sentences. Pure."""

from __future__ import annotations

from shadowing.administration.figures import PeoplePage
from shadowing.core.sentences import Sentence, gettext, listed, ngettext


def how_many_people(page: PeoplePage) -> Sentence:
    """What the page of people opens with."""
    everybody = ngettext("One person", "%(num)s people", page.total)
    if not page.departments:
        return gettext("%(people)s.", people=everybody)
    return gettext(
        "%(people)s from %(some)s of %(all)s departments.",
        people=everybody,
        some=page.with_people,
        all=page.departments,
    )


def named_sites(everywhere: bool, names: str, how_many: int) -> Sentence:
    """names: of the sites somebody belongs to, as the reader lists them; how_many: sites that the reader may name."""
    if everywhere:
        return gettext("All %(n)s", n=how_many) if how_many > 1 else gettext("all")
    return listed(names) if names else gettext("none")


def last_here(days: int | None, now: bool, day: str) -> Sentence:
    """days: since then, None = never; day: as the reader writes it, for what is longer ago than yesterday."""
    if days is None:
        return gettext("not yet")
    if now:
        return gettext("now")
    if days == 0:
        return gettext("today")
    return gettext("yesterday") if days == 1 else listed(day)


def about_the_password(name: str, has_one: bool) -> Sentence:
    if has_one:
        return gettext("Nobody here can see a password. A link lets %(name)s choose a new one.", name=name)
    return gettext("%(name)s has none yet. A link lets them choose one.", name=name)


def mail_was_taken(to: str, encrypted: bool) -> Sentence:
    """By the mail server; whether it came, only its reader knows."""
    how = gettext("encrypted") if encrypted else gettext("not encrypted")
    return gettext("The test mail for %(to)s was taken, %(how)s. Has it come?", to=to, how=how)


def trial_mail() -> tuple[Sentence, Sentence]:
    """Subject and text of what shows that mail arrives."""
    return (
        gettext("A test mail from Shadowing"),
        gettext("This mail shows that Shadowing can send mail. Go back and say that it came."),
    )
