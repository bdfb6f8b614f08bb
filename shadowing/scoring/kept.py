"""What is kept as JSON with a fit. Pure; journey_figures.py and visit_answers.py write it."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from shadowing.core.vocabulary import Level
from shadowing.scoring.statistics.trend import Direction


class KeptLevel(TypedDict):
    """One level of a whole journey on 0-100, with the chance that it is below its target."""

    value: float
    error: float
    low: float
    high: float
    target: float
    p_below: float


class KeptIndex(TypedDict):
    """The CX index on 0-100 (METHOD 5.1). levels: those that went in; covered: share of the weight, 0-1."""

    value: float
    error: float
    levels: list[Level]
    covered: float
    rows: int
    low: float
    high: float
    band: str
    provisional: bool


class KeptFeeling(TypedDict):
    """The mean feeling at a touchpoint on -2 to +2 with its interval, of n rows."""

    value: float
    low: float
    high: float
    n: int


class KeptSeen(TypedDict):
    """By area id, touchpoint id and "stage channel": different visits, and seconds since 1970 of the last row."""

    areas: dict[str, list[int]]
    touchpoints: dict[str, list[int]]
    cells: dict[str, list[int]]


class KeptAnswers(TypedDict):
    """What visits say as a whole: answers and how often; departments by id; first and last moment (ISO)."""

    n: int
    observers: int
    outcome: dict[str, int]
    satisfaction: dict[str, int]
    come_again: dict[str, int]
    departments: dict[str, int]
    before_two: int
    first: str | None
    last: str | None


class KeptGap(TypedDict):
    """How an area is lived against what was expected, -2 to 2, with its standard error, of n answers (METHOD 4)."""

    value: float
    error: float
    n: int


class KeptOfRows(TypedDict):
    """Figures of one journey in one fit, from the rows that were fitted.

    rows: ratings; weights: area id -> share of the journey; pyramid: by level; cells: visits by "stage channel";
    emotions: by touchpoint id. seen: missing in what was kept before it existed.
    """

    rows: int
    weights: dict[str, float]
    index: KeptIndex | None
    pyramid: dict[Level, KeptLevel]
    seen: NotRequired[KeptSeen]
    cells: dict[str, int]
    emotions: dict[str, KeptFeeling]


class KeptFigures(KeptOfRows):
    """And from its visits. expectations: by area id, over everything alone; missing as `seen`."""

    expectations: NotRequired[dict[str, KeptGap]]

    visits: KeptAnswers


class KeptChange(TypedDict):
    """From a window to the newest one, on 0-100 (METHOD 5.2). levels: those that could be compared."""

    value: float
    error: float
    low: float
    high: float
    chance_up: float
    direction: Direction
    levels: list[Level]


class KeptWindow(TypedDict):
    """first, last: its days, as YYYY-MM-DD; rows: ratings. change: None for the newest, and without a verdict."""

    first: str
    last: str
    rows: int
    change: KeptChange | None


class KeptTrend(TypedDict):
    """windows: the oldest with a rating first, the newest last. ready: the day there will be two to compare."""

    windows: list[KeptWindow]
    ready: str | None


def nothing_kept() -> KeptFigures:
    """Figures of a journey that nobody has seen."""
    answers: KeptAnswers = {
        "n": 0,
        "observers": 0,
        "outcome": {},
        "satisfaction": {},
        "come_again": {},
        "departments": {},
        "before_two": 0,
        "first": None,
        "last": None,
    }
    return {
        "rows": 0,
        "weights": {},
        "index": None,
        "pyramid": {},
        "seen": {"areas": {}, "touchpoints": {}, "cells": {}},
        "cells": {},
        "emotions": {},
        "visits": answers,
    }
