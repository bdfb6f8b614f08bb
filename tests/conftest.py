"""The cast and the stage: a small hospital, people in every role, and somebody who must see nothing."""

from __future__ import annotations

import contextvars
import copy
import gc
import os
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shadowing.app import create_app
from shadowing.cli.setting_up import migrate_database
from shadowing.core import clock
from shadowing.core.database import db, reading
from shadowing.core.vocabulary import Words
from shadowing.journeys.packs import load
from shadowing.journeys.publishing import create_journey
from shadowing.people.accounts import add_department, add_person, add_site, name_organisation
from shadowing.people.models import Person, Site
from tests.support.apps import app_at
from tests.support.postbox import Postbox, open_postbox
from tests.support.postgres import Databases
from tests.support.seaweed import Seaweed
from tests.support.stage import ENGINES, WITH_S3, Stage, make_stage, running_bucket, running_postgres

#: Olga and Otto observe, Lena leads, Emil decides, Anna administers.
CAST = {"olga": "observer", "otto": "observer", "lena": "lead", "emil": "executive", "anna": "admin"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="only tests that need no database, no server and no browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--quick"):
        config.hook.pytest_deselected(items=[item for item in items if not is_quick(item)])
        items[:] = [item for item in items if is_quick(item)]


def is_quick(item: pytest.Item) -> bool:
    """Whatever takes seconds to start is a fixture of ours; a quick test asks for none of them."""
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    return not any(definitions[-1].func.__module__.startswith("tests.") for definitions in fixtures)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever stands on the stage is played on every engine; `@pytest.mark.engine("sqlite")` says on which alone."""
    if "stage" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("engine")
        all_of_them = WITH_S3 if metafunc.module.__name__.startswith("tests.visits.media") else ENGINES
        metafunc.parametrize("stage", only.args if only else all_of_them, indirect=True)


def pytest_collection_finish() -> None:
    """What was imported stays to the end: looking through it for garbage again and again is a tenth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """A real PostgreSQL, started once."""
    with running_postgres() as databases:
        yield databases


@pytest.fixture(scope="session")
def bucket() -> Iterator[Seaweed]:
    """A real S3 server, started once."""
    with running_bucket() as server:
        yield server


@pytest.fixture(scope="session")
def stages() -> dict[str, Stage]:
    """By engine, as far as they have been needed."""
    return {}


@pytest.fixture
def stage(request: pytest.FixtureRequest, stages: dict[str, Stage], tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A migrated database with the cast and the hospital's journey, made once an engine and copied for every test."""
    engine, _, store = request.param.partition("+")
    databases = request.getfixturevalue("postgres") if engine == "postgresql" else None
    bucket = request.getfixturevalue("bucket") if store == "s3" else None
    if request.param not in stages:
        stages[request.param] = make_stage(tmp_path_factory.mktemp("stage"), databases, bucket, furnish)
    return stages[request.param]


def furnish(stage: Stage) -> None:
    app = create_app(stage.settings, instance=str(stage.folder))
    with app.app_context():
        migrate_database()
        name_organisation(Words(en="Test Hospital", zh="测试医院"), "Europe/London")
        sites = [add_site(Words(en="Main", zh="主楼")), add_site(Words(en="East", zh="东区"))]
        add_site(Words(en="Rival", zh="对手"), kind="competitor")
        nursing = add_department(Words(en="Nursing", zh="护理部"))
        db.session.flush()
        for name, role in CAST.items():
            add_person(f"{name}@test.example", name.title(), role, None, department_id=nursing.id)
        create_journey(load("hospital_outpatient"), "pack", clock.now(), pack="hospital_outpatient")
        assert len(sites) == 2
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


class Client(FlaskClient):
    """Each request in a context of its own, as in production: nothing of the test's session leaks into it."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        return contextvars.Context().run(super().open, *args, buffered=True, **kwargs)


@pytest.fixture
def place(stage: Stage, tmp_path: Path) -> Iterator[Stage]:
    """This test's own copy of the stage."""
    with stage.copy(tmp_path / "instance") as copied:
        yield copied


@pytest.fixture
def app(place: Stage) -> Iterator[Flask]:
    made = app_at(place)
    made.test_client_class = Client
    with made.app_context(), reading():
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def as_(app: Flask) -> Callable[[str | None], FlaskClient]:
    """A signed-in client of one of the cast; None = nobody."""

    def client(name: str | None) -> FlaskClient:
        made = app.test_client()
        if name is not None:
            with made.session_transaction() as session:
                session["_user_id"], session["_fresh"] = person(name).get_id(), True
        return made

    return client


def person(name: str) -> Person:
    found = db.session.query(Person).filter_by(email=f"{name}@test.example").one()
    return found


def site(number: int = 0) -> Site:
    return db.session.query(Site).order_by(Site.id)[number]


@pytest.fixture
def olga(as_: Callable[[str | None], FlaskClient]) -> FlaskClient:
    return as_("olga")


@pytest.fixture
def otto(as_: Callable[[str | None], FlaskClient]) -> FlaskClient:
    return as_("otto")


@pytest.fixture
def lena(as_: Callable[[str | None], FlaskClient]) -> FlaskClient:
    return as_("lena")


@pytest.fixture
def emil(as_: Callable[[str | None], FlaskClient]) -> FlaskClient:
    return as_("emil")


@pytest.fixture
def anna(as_: Callable[[str | None], FlaskClient]) -> FlaskClient:
    return as_("anna")


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A mail server of this test's own."""
    with open_postbox() as box:
        yield box


@pytest.fixture(scope="session")
def carried() -> dict[str, Any]:
    """The hospital's journey by stage, as far as it has been needed: the same on every copy."""
    return {}


@pytest.fixture
def journey(request: pytest.FixtureRequest, carried: dict[str, Any], olga: FlaskClient) -> dict[str, Any]:
    """The hospital's journey as phones carry it."""
    stage = request.node.callspec.params["stage"]
    if stage not in carried:
        carried[stage] = olga.get("/api/v1/carry").get_json()["journeys"][0]
    return copy.deepcopy(carried[stage])


def touchpoint(journey: dict[str, Any], key: str) -> dict[str, Any]:
    return next(t for stage in journey["stages"] for t in stage["touchpoints"] if t["key"] == key)


def a_visit(journey: dict[str, Any], **fields: Any) -> dict[str, Any]:
    started = clock.now() - timedelta(hours=2)
    return {
        "id": str(uuid.uuid4()),
        "journey_id": journey["id"],
        "journey_version": journey["version"],
        "site_id": "1",
        "started_at": started.isoformat(),
        "status": "done",
        **fields,
    }


def an_observation(
    journey: dict[str, Any], visit: dict[str, Any], key: str = "payment", **fields: Any
) -> dict[str, Any]:
    place = touchpoint(journey, key)
    return {
        "id": str(uuid.uuid4()),
        "visit_id": visit["id"],
        "touchpoint_id": place["id"],
        "channel": place["channels"][0],
        "observed_at": (clock.now() - timedelta(hours=1)).isoformat(),
        **fields,
    }


def work(app: Flask) -> None:
    """Let the worker do everything there is to do."""
    db.session.rollback()
    contextvars.Context().run(app.extensions["worker"].drain)


def real_data(name: str) -> Path:
    """A file of the folder of real input; skips where that folder is absent."""
    folder = os.environ.get("SHADOWING_TEST_DATA")
    if not folder or not (Path(folder) / name).exists():
        pytest.skip(f"needs {name} in the folder named by SHADOWING_TEST_DATA")
    return Path(folder) / name


def days_ago(days: float) -> datetime:
    return clock.now() - timedelta(days=days)
