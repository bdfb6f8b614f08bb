"""Forty believable visits, made as phones would send them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import cast
from zoneinfo import ZoneInfo

from shadowing.core import clock
from shadowing.core.i18n import words
from shadowing.core.vocabulary import LEVELS
from shadowing.journeys.draft import Draft, TouchpointDraft
from shadowing.operations.demo.cast import ZONE, Member
from shadowing.operations.demo.scenes import LABELS, OFF_THE_MAP, PURPOSES, SCENES, Scene
from shadowing.visits.models.bodies import ObservationBody, VisitBody

VISITS = 40
NAMESPACE = uuid.UUID("5b0f4f4e-7d57-4e4c-9d0a-0c1f6f1a52a1")


@dataclass
class DemoVisit:
    """One visit with its observations and the scenes to photograph, by observation id."""

    member: Member
    visit: VisitBody
    observations: list[ObservationBody]
    pictures: dict[str, str]


def walks(
    snapshot: Draft,
    journey_id: int,
    site_ids: list[int],
    persona_ids: list[int],
    members: list[Member],
    now: datetime,
    fixed: datetime,
    language: str,
) -> Iterator[DemoVisit]:
    """Oldest first. fixed: from this moment on a volunteer shows the way, and finding it is easy.

    language: in which everything is said and noted.
    """
    random = Random(41)
    touchpoints = [t for stage in snapshot["stages"] for t in stage["touchpoints"]]
    for number in range(VISITS):
        age = timedelta(days=150 * (1 - number / VISITS) ** 1.3 + 0.3, hours=random.uniform(-2, 2))
        day = clock.local(now - age, ZoneInfo(ZONE))
        start = day.replace(
            hour=random.choice((8, 9, 9, 10, 11, 13)), minute=random.randint(0, 55), second=0, microsecond=0
        )
        if start > now - timedelta(hours=5):
            start -= timedelta(days=1)
        member = members[number % len(members)]
        walk = _walk(number, start, member, touchpoints, journey_id, site_ids, random, fixed, language)
        if number % 7 == 3:
            walk.observations.append(_off_the_map(walk.visit, number, language))
        walk.visit["persona_id"] = str(persona_ids[number % len(persona_ids)])
        yield walk


def _walk(
    number: int,
    start: datetime,
    member: Member,
    touchpoints: list[TouchpointDraft],
    journey_id: int,
    site_ids: list[int],
    random: Random,
    fixed: datetime,
    language: str,
) -> DemoVisit:
    visit_id = str(uuid.uuid5(NAMESPACE, f"visit {number}"))
    site = random.choices(range(3), (0.6, 0.25, 0.15))[0]
    mood = random.gauss(0, 0.25) - (0.15 if site == 0 else -0.2)
    observations: list[ObservationBody] = []
    pictures: dict[str, str] = {}
    moment, total = start, 0.0
    for touchpoint in touchpoints:
        scene = SCENES.get(touchpoint["key"])
        if scene is None or random.random() > scene.chance:
            continue
        moment += timedelta(minutes=random.uniform(4, 12))
        observation = _observation(visit_id, number, touchpoint, scene, member, mood, moment, random, fixed, language)
        total += observation["utility"] - 3.6
        observations.append(observation)
        if scene.picture and observation["utility"] <= 3 and random.random() < 0.45:
            pictures[observation["id"]] = scene.picture
        moment += _lasted(observation)
    visit = _visit(visit_id, journey_id, site_ids[site], start, moment, random, language)
    return DemoVisit(member, {**visit, **_answers(total, random)}, observations, pictures)


def _lasted(observation: ObservationBody) -> timedelta:
    waits = cast("dict[str, float]", observation.get("timings") or {"all": 60})
    return timedelta(seconds=sum(waits.values()))


def _visit(
    id: str, journey_id: int, site_id: int, start: datetime, end: datetime, random: Random, language: str
) -> VisitBody:
    return {
        "id": id,
        "journey_id": str(journey_id),
        "journey_version": 1,
        "site_id": str(site_id),
        "mode": "shadowed",
        "status": "done",
        "started_at": start.isoformat(),
        "ended_at": end.isoformat(),
        "consent": {"answer": "yes", "text_version": 1, "at": start.isoformat()},
        "customer_label": words(random.choice(LABELS), language),
        "purpose": words(random.choice(PURPOSES), language),
    }


def _answers(total: float, random: Random) -> VisitBody:
    """What the customer says at the end; total: how far utility was above or below what is usual, in points."""
    return {
        "outcome": random.choices(("yes", "partly", "no"), (0.80, 0.15, 0.05))[0],
        "satisfaction": _rating(3.9 + total / 12, random),
        "come_again": _rating(4.1 + total / 12, random),
    }


def _off_the_map(visit: VisitBody, number: int, language: str) -> ObservationBody:
    """The lift, which the journey has forgotten."""
    return {
        "id": str(uuid.uuid5(NAMESPACE, f"visit {number} off the map")),
        "visit_id": visit["id"],
        "touchpoint_id": None,
        "label": words(OFF_THE_MAP[number % 2], language),
        "channel": "place",
        "utility": 2,
        "observed_at": visit["started_at"],
        "rated_at": visit["started_at"],
    }


def _observation(
    visit_id: str,
    number: int,
    touchpoint: TouchpointDraft,
    scene: Scene,
    member: Member,
    mood: float,
    moment: datetime,
    random: Random,
    fixed: datetime,
    language: str,
) -> ObservationBody:
    channel = random.choices([c for c, _ in scene.channels], [p for _, p in scene.channels])[0]
    lift = 1.1 if touchpoint["key"] == "wayfinding" and moment >= fixed else 0.0
    ratings: dict[str, int] = {
        level: _rating(truth + lift + mood + (member.leniency or 0.0), random)
        for level, truth in zip(LEVELS, scene.truth, strict=True)
    }
    felt = max(-2, min(2, round((ratings["delight"] + ratings["utility"]) / 2 - 3 + random.gauss(0, 0.5))))
    observation: ObservationBody = {
        "id": str(uuid.uuid5(NAMESPACE, f"visit {number} {touchpoint['key']}")),
        "visit_id": visit_id,
        "touchpoint_id": touchpoint["id"],
        "channel": channel,
        "utility": ratings["utility"],
        "usability": ratings["usability"],
        "delight": ratings["delight"],
        "emotion": felt,
        "expectation": max(-2, min(2, felt + random.choice((-1, 0, 0)))),
        "handover": random.choices(("smooth", "repeated", "lost"), scene.handover)[0],
        "observed_at": moment.isoformat(),
        "rated_at": (moment + timedelta(minutes=2)).isoformat(),
    }
    wait = round(scene.wait * random.lognormvariate(0, 0.5)) if scene.wait else None
    if wait is not None:
        observation["timings"] = {"notice": round(wait * 0.1), "wait": wait, "service": random.randint(60, 400)}
    observation["standards"] = _standards(touchpoint, wait, ratings["utility"], random)
    _explain(observation, scene, ratings, random, language)
    return observation


def _standards(touchpoint: TouchpointDraft, wait: int | None, utility: int, random: Random) -> dict[str, str]:
    said = {}
    for standard in touchpoint["standards"] or ():
        limit = standard.get("limit_seconds")
        if limit and wait is not None:
            said[standard["id"]] = "met" if wait <= limit else "not_met"
        else:
            said[standard["id"]] = random.choices(("met", "not_met", "not_seen"), (utility, 5.5 - utility, 0.7))[0]
    return said


def _explain(
    observation: ObservationBody, scene: Scene, ratings: dict[str, int], random: Random, language: str
) -> None:
    low = min(ratings.values()) <= 3
    if low and scene.reasons:
        observation["reasons"] = random.sample(scene.reasons, k=min(len(scene.reasons), random.randint(1, 2)))
    factors = [f for f in scene.factors.items() if random.random() < (0.6 if (f[1] == "hurt") == low else 0.25)]
    if factors:
        observation["factors"] = [{"factor": factor, "effect": effect} for factor, effect in factors]
    quotes = [said for said, most in scene.quotes if ratings["utility"] <= most and (most < 5 or not low)]
    if quotes and random.random() < 0.35:
        observation["quote"] = words(random.choice(quotes), language)
    if low and scene.notes and random.random() < 0.4:
        observation["note"] = words(random.choice(scene.notes), language)


def _rating(mean: float, random: Random) -> int:
    return max(1, min(5, round(random.gauss(mean, 0.7))))
