"""What people do with the steps of a plan. Each is a fact of the improvement's history. Callers commit."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from shadowing.backlog.drafting import note_event
from shadowing.backlog.models import Improvement, ImprovementStep, KeptTraining
from shadowing.backlog.owners import active_person
from shadowing.backlog.steps.schemas import StepChange
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.people.models import Person

MOST_STEPS = 100


def add_step(
    item: Improvement, wanted: StepChange, person: Person, now: datetime, training: KeptTraining | None = None
) -> ImprovementStep:
    """At the end of the plan. training: what makes it one. Raises Problem invalid."""
    if len(item.plan_steps) >= MOST_STEPS:
        raise Problem("invalid", [("what", _("A plan has 100 steps at most. Take one out first."))])
    step = ImprovementStep(position=_next_position(item), training=training)
    _fill(step, wanted)
    item.steps.append(step)
    _note(item, "added", step, person, now)
    item.revision += 1
    return step


def save_step(item: Improvement, step: ImprovementStep, wanted: StepChange, person: Person, now: datetime) -> None:
    """Raises Problem invalid."""
    renamed = step.what != wanted.what
    _fill(step, wanted)
    step.revision += 1
    _note(item, "changed", step, person, now)
    item.revision += renamed


def tick(item: Improvement, step: ImprovementStep, done: bool, person: Person, now: datetime) -> None:
    """Done or not; saying it again changes nothing."""
    if done == (step.done_at is not None):
        return
    step.done_at, step.done_by_id = (now, person.id) if done else (None, None)
    step.revision += 1
    _note(item, "done" if done else "undone", step, person, now)


def move(item: Improvement, step: ImprovementStep, by: int, person: Person, now: datetime) -> None:
    """One place up (−1) or down (+1); at the edge nothing happens."""
    steps = item.plan_steps
    here = steps.index(step)
    there = here + by
    if not 0 <= there < len(steps):
        return
    steps[here], steps[there] = steps[there], steps[here]
    for position, each in enumerate(steps):
        each.position = position
    step.revision += 1
    _note(item, "moved", step, person, now)
    item.revision += 1


def take_out(item: Improvement, step: ImprovementStep, person: Person, now: datetime) -> None:
    step.removed_at = now
    step.revision += 1
    _note(item, "removed", step, person, now)
    item.revision += 1


def put_back(item: Improvement, step: ImprovementStep, person: Person, now: datetime) -> None:
    """Where it stood. Said again it changes nothing."""
    if step.removed_at is None:
        return
    step.removed_at = None
    step.revision += 1
    _note(item, "put_back", step, person, now)
    item.revision += 1


def step_of(item: Improvement, step_id: int) -> ImprovementStep:
    """Raises Problem not_found."""
    found = next((step for step in item.steps if step.id == step_id), None)
    if found is None:
        raise Problem("not_found")
    return found


def refuse_late(step: ImprovementStep, revision: str) -> None:
    """Raises Problem stale when the step is not what was looked at."""
    if our_id(revision) != step.revision:
        raise Problem("stale")


def _fill(step: ImprovementStep, wanted: StepChange) -> None:
    if not wanted.what:
        raise Problem("invalid", [("what", _("Say what is to be done."))])
    step.owner_id = active_person(wanted.owner, "owner")
    step.what, step.due_on, step.days, step.cost = wanted.what, wanted.due, wanted.days, wanted.cost


def _note(item: Improvement, deed: str, step: ImprovementStep, person: Person, now: datetime) -> None:
    kind = "training" if step.training else "step"
    note_event(item, f"{kind}_{deed}", now, person_id=person.id, words=step.what)


def _next_position(item: Improvement) -> int:
    return max((step.position for step in item.steps), default=-1) + 1
