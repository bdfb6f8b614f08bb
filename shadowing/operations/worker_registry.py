"""Which jobs and duties the worker has."""

from __future__ import annotations

from flask import Flask

from shadowing.backlog.notices import letters as owner_letters
from shadowing.core.jobs.worker import Duty, Handler, Worker
from shadowing.imports import uploads as spreadsheets
from shadowing.integration.webhooks import dispatch as webhooks
from shadowing.integration.webhooks.sending import tell
from shadowing.operations.nightly import NIGHT, NightCaller, night
from shadowing.operations.up_to_date import bring_up_to_date
from shadowing.people import letters
from shadowing.planning.plans import letters as plan_letters
from shadowing.scoring import periods
from shadowing.scoring.trends import keep_a_due_trend
from shadowing.scoring.upkeep import Upkeep
from shadowing.visits.media.jobs import JOBS as MEDIA_JOBS


def make_worker(app: Flask) -> Worker:
    handlers: dict[str, Handler] = {
        **MEDIA_JOBS,
        NIGHT: night,
        spreadsheets.JOB: spreadsheets.work_on,
        letters.JOB: letters.send_link,
        plan_letters.JOB: plan_letters.send_plan,
        webhooks.JOB: tell,
        owner_letters.JOB: owner_letters.send_to_owner,
        periods.JOB: periods.compute,
    }
    duties: dict[str, Duty] = {
        "scores": ScoreKeeper(),
        "night": NightCaller(),
        "webhooks": webhooks.WebhookCaller(),
        "trends": keep_a_due_trend,
    }
    return Worker(
        app, handlers, duties, farewells={spreadsheets.JOB: spreadsheets.gave_up, periods.JOB: periods.gave_up}
    )


class ScoreKeeper:
    """Brings scores up to date, and remembers the equations for the next time."""

    def __init__(self) -> None:
        self._upkeep = Upkeep()

    def __call__(self) -> bool:
        """Whether anything had changed."""
        return bool(bring_up_to_date(self._upkeep)) or self._upkeep.settle()
