"""kill -9 after any step of the work that follows from a change: nothing is missed, nothing is done twice."""

from __future__ import annotations

from itertools import count

from sqlalchemy import func, select

from shadowing.backlog.models import Evidence, Improvement
from shadowing.core.database import db
from shadowing.coverage.models import JourneyWays
from shadowing.operations.up_to_date import bring_up_to_date
from shadowing.scoring.models import ALL, AreaResult
from shadowing.visits.models.totals import ScoreChange, VisitPath
from tests.conftest import a_visit, an_observation
from tests.support.dying import dies_after

#: Scores, ways of the visits, coverage, backlog: each commits at least once before the log is forgotten.
FEWEST_STEPS = 5


def test_every_step_is_done_once_wherever_it_is_killed(place, app, olga, journey):
    for step in count(1):
        visit = a_visit(journey)
        seen = an_observation(journey, visit, utility=1, serious="safety", note=f"step {step}")
        answer = olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
        assert [each["status"] for each in answer.get_json()["results"]] == [201, 201]
        lived = not dies_after(step, place.settings, str(place.folder))
        db.session.rollback()

        bring_up_to_date()

        assert rows(ScoreChange) == 0
        assert rows(VisitPath) == step
        assert rows(Improvement, Improvement.raised_by == "serious") == step
        assert rows(Evidence) == step + rows(Evidence, Evidence.improvement_id.in_(by_rule()))
        assert db.session.scalar(select(AreaResult.rows).where(AreaResult.scope == ALL)) == step
        assert db.session.scalars(select(JourneyWays)).one().figures["scenarios"] == []
        db.session.rollback()
        if lived:
            break
    assert step > FEWEST_STEPS


def rows(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


def by_rule():
    return select(Improvement.id).where(Improvement.raised_by == "rule")
