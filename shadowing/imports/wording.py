"""What the figures of an import say, in sentences. Pure."""

from __future__ import annotations

from shadowing.core.sentences import Sentence, gettext, ngettext
from shadowing.imports.figures import DraftPage, ShownColumns
from shadowing.visits.models.imported import OutcomeDocument


def rows(count: int) -> Sentence:
    return ngettext("%(num)s row", "%(num)s rows", count)


def cells(count: int) -> Sentence:
    """Those with a value that has to be asked about."""
    return ngettext("one cell", "%(num)s cells", count)


def state_told(state: str) -> Sentence:
    """Of one file that was brought."""
    if state == "done":
        return gettext("imported")
    if state == "waiting":
        return gettext("being worked on")
    if state == "taken_back":
        return gettext("taken back")
    return gettext("not imported yet")


def steps(page: DraftPage) -> tuple[tuple[Sentence, Sentence | None], ...]:
    """The four steps, each with how far it is."""
    matched = gettext("%(n)s of %(total)s columns", n=page.matched, total=len(page.columns))
    waiting = len(page.questions)
    left = ngettext("one open", "%(num)s open", waiting) if waiting else gettext("all answered")
    return (
        (gettext("File"), rows(page.rows)),
        (gettext("Match"), matched),
        (gettext("Questions"), left),
        (gettext("Result"), None),
    )


def what_is_done(wanted: str | None) -> Sentence:
    """While the worker is at it."""
    if wanted == "import":
        return gettext("Taking the rows in")
    return gettext("Reading the columns") if wanted == "read" else gettext("Trying it out")


def how_far(page: DraftPage) -> Sentence:
    if page.wanted == "read":
        return gettext("You can leave this page; it goes on by itself.")
    return gettext(
        "%(done)s of %(total)s rows. You can leave this page; it goes on by itself.",
        done=page.progress,
        total=page.rows,
    )


def how_many_questions(page: DraftPage) -> Sentence:
    """What is asked once for several columns is one question."""
    asked_at_once = page.scale_questions - 1 if page.scale_questions > 1 else 0
    return ngettext("One question", "%(num)s questions", len(page.questions) - asked_at_once)


def questions_elsewhere(count: int) -> Sentence:
    """count: those about columns of other pages."""
    return ngettext(
        "One of them is about a column that is not shown here.",
        "%(num)s of them are about columns that are not shown here.",
        count,
    )


def which_columns(shown: ShownColumns) -> Sentence:
    if not shown.found:
        return gettext("No column has this name.")
    return gettext(
        "%(first)s–%(last)s of %(found)s columns",
        first=shown.first,
        last=shown.first + len(shown.columns) - 1,
        found=shown.found,
    )


def to_import(outcome: OutcomeDocument) -> Sentence:
    return ngettext("Import one row", "Import %(count)s rows", outcome["new"], count=outcome["new"])


def how_many_changed(count: int) -> Sentence:
    return ngettext("One row has changed", "%(num)s rows have changed", count)


def what_changed_means() -> tuple[Sentence, ...]:
    """Of rows whose number is known with other content."""
    return (
        gettext("Their number is here already, with other content. They count as new, beside the rows that are here."),
        gettext("If they correct those, take the earlier import back first."),
    )


def how_many_refused(page: DraftPage) -> Sentence:
    refused = page.outcome["refused"] if page.outcome else 0
    if page.state == "done":
        return ngettext("One row was refused", "%(num)s rows were refused", refused)
    return ngettext("One row would be refused", "%(num)s rows would be refused", refused)


def marks(outcome: OutcomeDocument) -> Sentence:
    return gettext(
        "marks: %(ratings)s ratings, %(nots)s not-marks", ratings=outcome["ratings"], nots=outcome["not_marks"]
    )


def how_many_are_in(outcome: OutcomeDocument) -> Sentence:
    return gettext("%(n)s of %(total)s rows are in", n=outcome["new"] + outcome["known"], total=outcome["rows"])


def known_already(outcome: OutcomeDocument) -> Sentence:
    return gettext("rows new, %(known)s here already; none counted in participation", known=outcome["known"])


def kept_out(outcome: OutcomeDocument) -> Sentence:
    return gettext("ratings, and %(nots)s not-marks kept out", nots=outcome["not_marks"])
