"""What the index of a journey is held against (METHOD 5.2). Callers commit."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from shadowing.core.database import advisory_lock, db
from shadowing.journeys.models import Journey
from shadowing.people import audit
from shadowing.people.models import Person
from shadowing.scoring.models import Benchmark

MOST_NAME, MOST_SOURCE = 80, 300


@dataclass(frozen=True)
class BenchmarkSaid:
    """As somebody typed it in, on 0-100. error: None = not known."""

    name: str
    value: float
    error: float | None
    day: date
    source: str
    published: bool


def benchmarks() -> dict[int, Benchmark]:
    """By journey id."""
    return {each.journey_id: each for each in db.session.scalars(select(Benchmark))}


def set_benchmark(journey: Journey, said: BenchmarkSaid, by: Person, now: datetime) -> None:
    """One a journey: it takes the place of the one before."""
    advisory_lock(f"benchmark:{journey.id}")
    row = db.session.get(Benchmark, journey.id) or Benchmark(journey_id=journey.id)
    for name, value in asdict(said).items():
        setattr(row, name, value)
    row.changed_at, row.changed_by = now, by.id
    db.session.add(row)
    audit.note("change", "benchmark", journey.id, {"name": said.name, "value": said.value})


def remove_benchmark(journey: Journey) -> None:
    """Nothing where there is none."""
    db.session.execute(delete(Benchmark).where(Benchmark.journey_id == journey.id))
    audit.note("end", "benchmark", journey.id)
