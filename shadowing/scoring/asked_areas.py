"""Areas and their levels as a filter shows them: kept up where it asks for a site, else computed here (METHOD 1.8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from shadowing.core.database import db
from shadowing.core.vocabulary import CHANNELS
from shadowing.journeys.models import Journey
from shadowing.scoring.filter import Asked, missing
from shadowing.scoring.models import ALL, AreaResult
from shadowing.scoring.part_scores import Scores, parts_of
from shadowing.scoring.queries import AreaWithResult, level_scores, panel_of_journey, places


def applicable(asked: Asked, journey: Journey) -> Asked:
    """Answers of a file have no site, persona, scenario or window of ours: there only channel and stage select."""
    return Asked(channel=asked.channel, stage=asked.stage) if journey.origin == "import" else asked


def areas_asked(journey: Journey, asked: Asked, now: datetime) -> list[AreaWithResult]:
    """All of the journey, in its order; `picked` selects of them. asked: as it is applicable."""
    found = places(journey, panel_of_journey(journey), asked.scope)
    return found if asked.fitted else parts_of(panel_of_journey(journey), found, asked, now)[0]


def areas_with_levels(journey: Journey, asked: Asked, now: datetime) -> tuple[list[AreaWithResult], Scores]:
    """The same with their levels by area id, of those that are picked."""
    panel_id, asked = panel_of_journey(journey), applicable(asked, journey)
    found = picked(places(journey, panel_id, asked.scope), asked)
    if not asked.fitted:
        return parts_of(panel_id, found, asked, now)
    return found, level_scores(panel_id, [place.area.id for place in found], asked.scope)


def area_with_levels(place: AreaWithResult, asked: Asked, now: datetime) -> tuple[AreaWithResult, Scores]:
    """One of them, whatever channel and stage are asked for; asked: as it is applicable."""
    panel_id, id = panel_of_journey(place.touchpoint.journey), place.area.id
    if asked.scope != ALL:
        place = replace(place, result=db.session.get(AreaResult, (panel_id, asked.scope, id)))
    if asked.fitted:
        return place, level_scores(panel_id, [id], asked.scope)
    [part], scores = parts_of(panel_id, [place], asked, now)
    return part, scores


def picked(found: list[AreaWithResult], asked: Asked) -> list[AreaWithResult]:
    """Those of the channel and the stage asked for. Raises not_found for a channel that there is not."""
    if asked.channel and asked.channel not in {*CHANNELS, *(p.area.channel for p in found)}:
        raise missing("channel")
    return [p for p in found if asked.channel in (None, p.area.channel) and asked.stage in (None, p.touchpoint.stage)]
