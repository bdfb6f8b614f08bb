"""What is kept in memory between two changes gives what reading everything anew gives (METHOD 1.5)."""

import random
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from shadowing.core import clock
from shadowing.core.database import db, reading, writing
from shadowing.core.vocabulary import LEVELS, Words
from shadowing.journeys.models import Area, AreaEpoch, Touchpoint
from shadowing.operations.up_to_date import bring_up_to_date
from shadowing.people.accounts import add_site
from shadowing.people.models import Person
from shadowing.scoring import pieces, upkeep
from shadowing.scoring.models import ALL, AreaResult, AreaScore, JourneyResult, PanelFit
from shadowing.scoring.panel_state import Touched
from shadowing.scoring.refresh import refresh_panel, write_touched
from shadowing.scoring.upkeep import Upkeep
from shadowing.visits.models.totals import Panel, ScoreChange
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.tallies import panel_changed

SITES, AREAS = 5, 8


class Stage:
    """Visits written and changed straight in the tables, as the doors leave them."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        with writing():
            sites = [add_site(Words(en=f"S{n}", zh=f"S{n}")) for n in range(SITES)]
            panel = Panel(kind="live")
            db.session.add(panel)
            db.session.flush()
            self.panel, self.sites = panel.id, [site.id for site in sites]
            rows = db.session.execute(select(Area.id, Touchpoint.journey_id).join(Touchpoint).order_by(Area.id))
            found = rows.all()
            self.areas, self.journey = [area for area, _ in found[:AREAS]], found[0][1]
            self.people = list(db.session.scalars(select(Person.id).order_by(Person.id)))
            db.session.commit()
        self.visits = []

    def changed(self, *visits):
        with writing():
            db.session.execute(insert(ScoreChange), [{"panel_id": self.panel, "visit_id": v} for v in visits])
            db.session.commit()

    def new_visit(self):
        id, started = (
            uuid.UUID(int=self.chance.getrandbits(128)),
            clock.now() - timedelta(days=self.chance.random() * 90),
        )
        encounter = self.chance.choice(self.visits) if self.visits and self.chance.random() < 0.2 else None
        person, site = self.chance.choice(self.people), self.chance.choice([*self.sites, None])
        with writing():
            db.session.add(
                Visit(
                    id=id,
                    person_id=person,
                    panel_id=self.panel,
                    journey_id=self.journey,
                    journey_version=1,
                    site_id=site,
                    mode=self.chance.choice(["shadowed"] * 4 + ["walked"]),
                    encounter_id=encounter,
                    status="done",
                    body={},
                    outcome=self.chance.choice(["yes", "no", None]),
                    satisfaction=self.chance.choice([1, 4, 5, None]),
                    started_at=started,
                    received_at=started,
                )
            )
            for step in range(self.chance.randint(1, 6)):
                self._observe(id, person, site, started + timedelta(minutes=step))
            db.session.commit()
        self.visits.append(id)
        return id

    def _observe(self, visit, person, site, at):
        ratings = {level: self.chance.choice([1, 2, 3, 4, 5, None]) for level in LEVELS}
        db.session.add(
            Observation(
                id=uuid.UUID(int=self.chance.getrandbits(128)),
                visit_id=visit,
                person_id=person,
                panel_id=self.panel,
                area_id=self.chance.choice(self.areas),
                site_id=site,
                body={},
                emotion=self.chance.choice([-2, 0, 1, None]),
                observed_at=at,
                scored=True,
                marks=[],
                received_at=at,
                **ratings,
            )
        )

    def another_change(self):
        """A late, edited, moved, deleted or withdrawn visit. Returns it."""
        kind = self.chance.choice(["new", "edited", "moved", "row gone", "gone"]) if self.visits else "new"
        if kind == "new":
            return self.new_visit()
        id = self.chance.choice(self.visits)
        with writing():
            visit = db.session.get_one(Visit, id)
            rows = db.session.scalars(select(Observation).filter_by(visit_id=id)).all()
            if kind == "moved":
                visit.site_id = self.chance.choice(self.sites)
            if kind == "gone":
                visit.withdrawn_at = clock.now()
            for row in rows[:1] if kind == "row gone" else rows:
                if kind == "edited":
                    row.utility = self.chance.choice([1, 2, 3, 4, 5, None])
                row.site_id = visit.site_id
                row.scored = row.scored and kind not in ("gone", "row gone")
            db.session.commit()
        return id


@pytest.fixture
def panel(journey):
    return Stage(1)


def kept(scopes=None):
    """Every figure that is kept, by its place."""
    found = {}
    for model in (AreaScore, AreaResult, JourneyResult, PanelFit):
        table = model.__table__
        keys = [column.name for column in table.primary_key]
        for row in db.session.execute(select(table)).mappings():
            if scopes is None or row["scope"] in scopes:
                values = {name: value for name, value in row.items() if name not in (*keys, "fitted_at", "created_at")}
                for name, value in flat(values):
                    found[model.__tablename__, *(row[key] for key in keys), *name] = value
    db.session.rollback()
    return found


def flat(value, path=()):
    if isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from flat(inner, (*path, name))
    elif value != 0:  # whoever has no row left may stand there with nothing, or not at all
        yield path, value


def assert_same(mine, anew):
    assert mine.keys() == anew.keys()
    for place, value in anew.items():
        assert mine[place] == (pytest.approx(value, abs=1e-6) if isinstance(value, float) else value), str(place)


def curve(figures):
    """Of the whole."""
    return {place: value for place, value in figures.items() if place[2] == ALL and "emotions" in place}


def rebuilt(panel, scopes=None):
    refresh_panel(panel)
    return kept(scopes)


@pytest.mark.parametrize("seed", range(3))
def test_incremental_is_full(journey, seed):
    stage, keeper, followed = Stage(seed), Upkeep(), 0
    for _ in range(40):
        stage.changed(*(stage.another_change() for _ in range(stage.chance.randint(1, 3))))
        before = keeper.state_of(stage.panel)
        bring_up_to_date(keeper)
        followed += before is not None and came_from(before, keeper.state_of(stage.panel))

    assert_same(kept(), rebuilt(stage.panel))
    assert followed > 10, "most changes name nobody new: nothing else is read again for them"


def came_from(before, after):
    """Whether the new state is the old one with a few visits read again: then it still knows the old numbers."""
    return after.loaded.visit_ids[: len(before.loaded.visit_ids)] == before.loaded.visit_ids


@pytest.fixture
def large(panel, monkeypatch):
    """A panel too large to be written at one go, scored once."""
    monkeypatch.setattr(pieces, "CELLS_AT_ONCE", 12)
    panel.changed(*(panel.new_visit() for _ in range(30)))
    panel.keeper = Upkeep()
    bring_up_to_date(panel.keeper)
    return panel


def test_of_a_large_panel_the_whole_and_what_was_touched_is_written_at_once(large):
    visit = large.visits[0]
    with writing():
        row = db.session.scalars(select(Observation).filter_by(visit_id=visit).limit(1)).one()
        row.utility, row.usability = 5, 1
        area, site = row.area_id, row.site_id
        db.session.commit()
    before = kept()
    large.changed(visit)

    bring_up_to_date(large.keeper)
    at_once = kept()

    anew = rebuilt(large.panel)
    touched = {
        place for place in anew if place[2] in (ALL, f"site:{site}") or (place[0][:4] == "area" and place[3] == area)
    }
    assert_same({place: at_once[place] for place in touched}, {place: anew[place] for place in touched})
    others = [place for place in anew.keys() - touched if at_once[place] == before[place] != anew[place]]
    assert others, "the other areas at the other sites wait"


def test_what_waits_is_written_when_it_is_quiet(large):
    large.changed(large.another_change())
    bring_up_to_date(large.keeper)

    assert not large.keeper.settle(clock.now() + timedelta(seconds=50))
    assert large.keeper.settle(clock.now() + timedelta(seconds=70))
    assert_same(kept(), rebuilt(large.panel))
    assert not large.keeper.settle(clock.now() + timedelta(hours=1)), "nothing waits any more"


def test_the_curve_waits_until_it_is_quiet(large):
    visit = large.visits[0]
    with writing():
        for row in db.session.scalars(select(Observation).filter_by(visit_id=visit)):
            row.emotion = -2 if row.emotion != -2 else 2
        db.session.commit()
    before = curve(kept())
    large.changed(visit)

    bring_up_to_date(large.keeper)
    assert curve(kept()) == before

    large.keeper.settle(clock.now() + timedelta(seconds=70))
    assert curve(kept()) != before
    assert_same(kept(), rebuilt(large.panel))


def test_what_waits_is_written_after_a_quarter_of_an_hour_though_it_is_never_quiet(large, monkeypatch):
    monkeypatch.setattr(upkeep, "QUIET", timedelta(hours=1))
    large.changed(large.another_change())
    bring_up_to_date(large.keeper)

    assert not large.keeper.settle(clock.now() + timedelta(minutes=14))
    assert large.keeper.settle(clock.now() + timedelta(minutes=16))


def test_two_processes_in_turn_do_not_write_what_they_no_longer_know(large):
    keepers = large.keeper, Upkeep()
    for turn in range(12):
        large.changed(large.another_change())
        bring_up_to_date(keepers[turn % 2])
    for keeper in keepers:
        keeper.settle(clock.now() + timedelta(hours=1))

    assert_same(kept(), rebuilt(large.panel))


def test_somebody_else_writing_meanwhile_leaves_the_change_to_be_done_again(large, monkeypatch):
    large.changed(large.another_change())
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(upkeep, "is_overtaken", lambda state: True)
        bring_up_to_date(large.keeper)
    assert waiting() == 1

    bring_up_to_date(large.keeper)
    assert waiting() == 0


def waiting():
    with reading():
        return db.session.query(ScoreChange).count()


def test_what_a_command_rebuilt_meanwhile_is_not_written_over(large):
    state = large.keeper.state_of(large.panel)
    newest = rebuilt(large.panel)

    after = write_touched(state, Touched(frozenset(large.areas), frozenset(large.sites)))

    assert after.generation == state.generation
    assert kept() == newest


def test_a_fix_reads_all_anew(large):
    with writing():
        area = db.session.get_one(Area, large.areas[0])
        area.epoch = 2
        db.session.add(AreaEpoch(area_id=area.id, number=2, opened_at=clock.now() - timedelta(days=20)))
        panel_changed(large.panel)
        db.session.commit()
    bring_up_to_date(large.keeper)
    for _ in range(6):
        large.changed(large.another_change())
        bring_up_to_date(large.keeper)
    large.keeper.settle(clock.now() + timedelta(hours=1))

    mine = kept()
    assert_same(mine, rebuilt(large.panel))
    assert any(place[:5] == ("area_score", large.panel, ALL, large.areas[0], 2) for place in mine)
