"""What the board says, in sentences. Pure."""

from __future__ import annotations

from shadowing.backlog.figures import BoardColumn
from shadowing.core.gettext_noop import N_
from shadowing.core.sentences import Sentence, gettext, listed
from shadowing.core.vocabulary import IMPROVEMENT_STATES, ImprovementState

#: What the form asks for before a step.
_NEEDED: dict[str, str] = {
    "accepted": N_("To accept it, say who owns it."),
    "in_progress": N_("The lenses conflict. To start work, record who decided, and why."),
    "declined": N_("To decline it, say why."),
    "reopened": N_("To reopen it, say why."),
}


def name(column: BoardColumn) -> Sentence:
    if column.state == "shipped":
        return gettext("Shipped, verifying")
    return listed(IMPROVEMENT_STATES[column.state])


def needed(state: str) -> Sentence | None:
    """Over the form to which a card's menu has led."""
    return gettext(_NEEDED[state]) if state in _NEEDED else None


def moved(title: Sentence, state: ImprovementState) -> Sentence:
    """After a card was moved."""
    return gettext("“%(title)s” is now: %(state)s.", title=title, state=IMPROVEMENT_STATES[state])


def came_late() -> Sentence:
    """When somebody else was quicker; nothing was changed."""
    return gettext("Somebody moved this one meanwhile. The board shows where it stands now; nothing of yours was done.")


def does_not_follow() -> Sentence:
    return gettext("A card cannot go there from where it stands.")


def show_more(column: BoardColumn) -> Sentence:
    return show_more_rows(column.total)


def show_more_rows(total: int) -> Sentence:
    return gettext("Show more of %(total)s", total=total)
