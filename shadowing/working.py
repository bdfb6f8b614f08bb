"""Which jobs and duties the worker has."""

from __future__ import annotations

from flask import Flask

from shadowing.accounts import letters
from shadowing.areas.keeping import refresh_changed
from shadowing.backlog.drafting import draft_changed
from shadowing.coverage.ways import keep_up
from shadowing.imports import drafts as spreadsheets
from shadowing.jobs.worker import Worker
from shadowing.night import NIGHT, NightCaller, night
from shadowing.photos.erasing import ERASE, erase_bytes
from shadowing.photos.intake import DERIVE, derive_photo
from shadowing.plans import letters as plan_letters
from shadowing.sounds import intake as sounds


def make_worker(app: Flask) -> Worker:
    handlers = {
        DERIVE: derive_photo,
        ERASE: erase_bytes,
        sounds.ERASE: sounds.erase_bytes,
        NIGHT: night,
        spreadsheets.JOB: spreadsheets.work_on,
        letters.JOB: letters.send_link,
        plan_letters.JOB: plan_letters.send_plan,
    }
    return Worker(app, handlers, duties={"scores": _keep_scores, "night": NightCaller()})


def _keep_scores() -> bool:
    """Scores first, then what follows from them; whether anything had changed."""
    panels = refresh_changed()
    keep_up(panels)
    for panel_id in panels:
        draft_changed(panel_id)
    return bool(panels)
