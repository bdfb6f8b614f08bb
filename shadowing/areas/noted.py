"""One thing that observers noted, as the list of observations can be asked for it: a standard, a factor or a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import ColumnElement, ColumnExpressionArgument, and_, func, or_, select

from shadowing.backlog.training.lifted import of_side, side_named
from shadowing.backlog.training.wording import side_told
from shadowing.core.database import db
from shadowing.core.sentences import Sentence, gettext
from shadowing.core.vocabulary import (
    FACTOR_EFFECTS,
    FACTOR_GROUP_NAMES,
    FACTORS,
    HANDOVERS,
    LEVELS,
    PROBE_STATES,
    REASONS,
    STANDARD_STATES,
    TIMINGS,
    Level,
    Words,
)
from shadowing.journeys.models import Standard
from shadowing.scoring.filter import missing
from shadowing.scoring.queries import AreaWithResult
from shadowing.visits.counted import address_of, counts_for, hurt_by, rated_low
from shadowing.visits.models.visit import Observation, Visit

LONGEST = 120


@dataclass(frozen=True)
class Noted:
    """A fact as totals count it (visits/facts.py), and what it says in words.

    among: what is counted otherwise; any_day: it says itself on which days, whatever the window.
    """

    kind: str
    key: str
    name: Words | Sentence
    says: Words | Sentence
    among: ColumnElement[bool] | None = field(default=None, compare=False)
    any_day: bool = False

    @property
    def value(self) -> str:
        """As addresses say it."""
        return address_of(self.kind, self.key)

    @property
    def told(self) -> Sentence:
        return gettext("%(name)s: %(says)s", name=self.name, says=self.says)

    @property
    def condition(self) -> ColumnElement[bool]:
        """Whether an observation counts for it now."""
        return counts_for(self.kind, self.key) if self.among is None else self.among


def read_noted(said: str | None, place: AreaWithResult) -> Noted | None:
    """Raises not_found for what nobody can note there."""
    if not said:
        return None
    kind, _sign, key = said.partition("~")
    part, _colon, name = kind.partition(":")
    found = KINDS.get(part, _clock if part in TIMINGS else _nothing)(name or part, key, place)
    if found is None:
        raise missing("noted")
    return found


def with_words(find: str) -> ColumnElement[bool]:
    """Whose note or quote has this text; what may not be shown is not found either (DECISIONS 8)."""
    said = (func.coalesce(each, "").icontains(find, autoescape=True) for each in (Observation.note, Observation.quote))
    return of_visit(Visit.words_may_be_shown) & or_(*said)


def of_visit(condition: ColumnExpressionArgument[bool]) -> ColumnElement[bool]:
    """Whether the visit of an observation is so."""
    return select(Visit.id).where(Visit.id == Observation.visit_id, condition).correlate(Observation).exists()


def tidy(find: str | None) -> str:
    """What somebody looks for, on one line."""
    return " ".join((find or "").replace("\x00", "").split())[:LONGEST]


def _standard(name: str, key: str, place: AreaWithResult) -> Noted | None:
    known = select(Standard).where(Standard.touchpoint_id == place.touchpoint.id, Standard.key == name)
    standard = db.session.scalar(known.limit(1)) if "\x00" not in name else None
    if standard is None or key not in STANDARD_STATES:
        return None
    states = PROBE_STATES if standard.kind == "probe" else STANDARD_STATES
    return Noted(f"standard:{name}", key, standard.text, states[key])


def _factor(name: str, key: str, _place: AreaWithResult) -> Noted | None:
    if name not in FACTORS or key not in FACTOR_EFFECTS:
        return None
    return Noted(f"factor:{name}", key, FACTORS[name], FACTOR_EFFECTS[key])


def _reason(name: str, key: str, _place: AreaWithResult) -> Noted | None:
    level = cast("Level", name)
    if level not in LEVELS or key not in REASONS[level]:
        return None
    return Noted(f"reason:{level}", key, LEVELS[level], REASONS[level][key])


def _handover(_name: str, key: str, _place: AreaWithResult) -> Noted | None:
    return Noted("handover", key, gettext("From the step before"), HANDOVERS[key]) if key in HANDOVERS else None


def _clock(name: str, key: str, _place: AreaWithResult) -> Noted | None:
    return Noted(name, "", gettext("Timed"), TIMINGS[name]) if name in TIMINGS and not key else None


def _low(name: str, key: str, _place: AreaWithResult) -> Noted | None:
    """Low ratings that a group of factors hurt: what training is proposed from."""
    if name not in FACTOR_GROUP_NAMES or key != "hurt":
        return None
    told = gettext("Low ratings, %(group)s", group=FACTOR_GROUP_NAMES[name])
    return Noted(f"low:{name}", key, told, FACTOR_EFFECTS["hurt"], among=and_(rated_low(), hurt_by(name)))


def _training(name: str, key: str, place: AreaWithResult) -> Noted | None:
    """A standard before a training or since."""
    side = side_named(name, key, place.area.id)
    if side is None:
        return None
    return Noted(f"training:{name}", key, side.text, side_told(side), among=of_side(side), any_day=True)


def _nothing(_name: str, _key: str, _place: AreaWithResult) -> None:
    return None


KINDS = {
    "standard": _standard,
    "factor": _factor,
    "reason": _reason,
    "handover": _handover,
    "low": _low,
    "training": _training,
}
