"""What the checklist of a plan and a month's budget say, in sentences. Pure."""

from __future__ import annotations

from shadowing.backlog.steps.figures import Budget, Checklist, MonthOfWork
from shadowing.core.sentences import Sentence, Value, gettext


def how_far(plan: Checklist) -> tuple[Sentence, ...]:
    """How much is done, and what the steps take beside what was estimated."""
    told = [gettext("%(done)s of %(all)s steps are done.", done=plan.done, all=len(plan.steps))]
    if plan.days_of_steps is not None:
        told.append(_days(plan.days_of_steps, plan.days))
    if plan.cost_of_steps is not None:
        told.append(_cost(plan.cost_of_steps, plan.cost))
    return tuple(told)


def exceeds(plan: Checklist) -> bool:
    """Whether the steps take more than was estimated."""
    return more(plan.days_of_steps, plan.days) or more(plan.cost_of_steps, plan.cost)


def month(work: MonthOfWork, budget: Budget) -> tuple[Sentence, ...]:
    """What is due by the end of a month, beside what fits into one."""
    told = [_person_days(work, budget)] if work.days else []
    if work.money and budget.money is not None:
        told.append(gettext("It costs %(money)s of %(budget)s.", money=amount(work.money), budget=amount(budget.money)))
    elif work.money:
        told.append(gettext("It costs %(money)s.", money=amount(work.money)))
    if month_is_over(work, budget):
        told.append(gettext("<b>That is more than fits into the month.</b>"))
    return tuple(told)


def month_is_over(work: MonthOfWork, budget: Budget) -> bool:
    return more(work.days, budget.days) or more(work.money, budget.money)


def nothing_due() -> Sentence:
    return gettext("No step with person-days is due.")


def undated(budget: Budget) -> Sentence:
    return gettext("%(days)s person-days have no date yet.", days=amount(budget.undated))


def days(value: float) -> Sentence:
    return gettext("%(days)s person-days", days=amount(value))


def cost(value: float) -> Sentence:
    return gettext("costs %(money)s", money=amount(value))


def amount(value: float) -> Value:
    """Whole numbers as counts, others with what they need."""
    return round(value) if abs(value - round(value)) < 0.005 else f"{value:.2f}".rstrip("0")


def more(taken: float | None, there: float | None) -> bool:
    return taken is not None and there is not None and taken > there + 1e-9


def _person_days(work: MonthOfWork, budget: Budget) -> Sentence:
    taken = amount(work.days)
    if budget.days is None:
        if work.first:
            return gettext("%(days)s person-days are planned this month.", days=taken)
        return gettext("%(days)s person-days are planned by %(day)s.", days=taken, day=work.last_day)
    fits = amount(budget.days)
    if work.first:
        return gettext("%(days)s of %(budget)s person-days this month are planned.", days=taken, budget=fits)
    return gettext(
        "%(days)s of %(budget)s person-days of the month that ends on %(day)s are planned.",
        days=taken,
        budget=fits,
        day=work.last_day,
    )


def _days(taken: float, estimated: float | None) -> Sentence:
    if estimated is None:
        return gettext("They take %(days)s person-days.", days=amount(taken))
    return gettext(
        "They take %(days)s person-days; %(estimated)s were estimated.",
        days=amount(taken),
        estimated=amount(estimated),
    )


def _cost(taken: float, estimated: float | None) -> Sentence:
    if estimated is None:
        return gettext("They cost %(money)s.", money=amount(taken))
    return gettext(
        "They cost %(money)s; %(estimated)s were estimated.", money=amount(taken), estimated=amount(estimated)
    )
