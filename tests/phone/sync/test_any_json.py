"""Whatever JSON a client sends: stored whole and told so, or refused and nothing of it is there. Never a failure."""

import json
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from shadowing.core.database import db
from shadowing.phone.sync.parsing import without_nulls
from shadowing.phone.sync.schemas import ObservationRecord, VisitRecord
from shadowing.visits.models.visit import Observation, Revision, Visit
from tests.conftest import a_visit, an_observation

TRIED = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WORDS = st.text(max_size=30)
NUMBERS = st.integers(-(10**25), 10**25) | st.floats() | st.sampled_from([0, 1, 2**31 - 1, 2**31, 2**63, 10**400])
#: What fits a field, or nearly.
NEARLY = st.sampled_from(
    [
        "1", "0", "-1", "１", "2147483648", str(uuid.UUID(int=7)), "0" * 64, "null", "2026-11-20T10:00:00Z",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-20T10:00:00+23:59", "\x00", "a\u202eb",
        "done", "met", "yes", "no", "counter", "x" * 201, "x" * 20_001,
    ]
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS | NEARLY,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | NEARLY, inner, max_size=4),
    max_leaves=12,
)


def changed(model):
    """Some fields of a good record with something else in them, and fields nobody knows."""
    known = st.sampled_from(sorted(model.model_fields))
    return st.dictionaries(known | WORDS, ANYTHING, max_size=4)


def as_body(document):
    """NaN and infinity as Python writes them, halves of signs as escapes: a client may send any bytes."""
    return json.dumps(document).encode()


def rows():
    db.session.rollback()
    return [db.session.scalar(select(func.count()).select_from(model)) for model in (Visit, Observation, Revision)]


def held(model, id):
    row = db.session.get(model, uuid.UUID(id))
    return row and row.body


@pytest.mark.parametrize("kind", ["visits", "observations"])
def test_one_record_is_whole_or_not_there(olga, journey, kind):
    model, row = (VisitRecord, Visit) if kind == "visits" else (ObservationRecord, Observation)

    @TRIED
    @given(changed(model))
    def check(fields):
        good = a_visit(journey) if kind == "visits" else an_observation(journey, a_visit(journey))
        record, before = {**good, **fields, "id": good["id"]}, rows()

        answer = olga.put(f"/api/v1/{kind}/{good['id']}", data=as_body(record), content_type="application/json")

        assert answer.status_code in (201, 400, 413, 422), answer.get_data(as_text=True)
        more = [now - then for now, then in zip(rows(), before, strict=True)]
        if answer.status_code == 201:
            assert held(row, good["id"]) == without_nulls(record)
            assert more == [kind == "visits", kind == "observations", 1]
        else:
            assert more == [0, 0, 0]
            assert answer.content_type == "application/problem+json"

    check()


def test_a_batch_stores_each_record_whole_or_names_it(olga, journey):
    @TRIED
    @given(
        st.lists(changed(VisitRecord) | ANYTHING, max_size=3),
        st.lists(changed(ObservationRecord) | ANYTHING, max_size=3),
    )
    def check(visits, observations):
        visit = a_visit(journey)
        batch = {
            "visits": [visit, *({**a_visit(journey), **each} if isinstance(each, dict) else each for each in visits)],
            "observations": [
                {**an_observation(journey, visit), **each} if isinstance(each, dict) else each for each in observations
            ],
        }
        before = rows()

        answer = olga.post("/api/v1/sync", data=as_body(batch), content_type="application/json")

        more = [now - then for now, then in zip(rows(), before, strict=True)]
        if answer.status_code != 200:
            assert answer.status_code in (400, 413, 422)
            assert more == [0, 0, 0]
            return
        results = answer.get_json()["results"]
        assert len(results) == len(batch["visits"]) + len(batch["observations"])
        assert {result["status"] for result in results} <= {200, 201, 403, 409, 422}
        new = [sum(r["kind"] == kind and r["status"] == 201 for r in results) for kind in ("visit", "observation")]
        assert more[:2] == new

    check()


@pytest.mark.parametrize("call", ["PUT /api/v1/visits/{id}", "PUT /api/v1/observations/{id}", "POST /api/v1/sync"])
def test_any_body_at_all_is_answered_and_stores_nothing(olga, call):
    method, address = call.split()

    @TRIED
    @given(st.binary(max_size=60) | ANYTHING.map(as_body))
    def check(body):
        before = rows()

        answer = olga.open(address.format(id=uuid.uuid4()), method=method, data=body, content_type="application/json")

        assert answer.status_code in (200, 400, 422) if method == "POST" else answer.status_code in (400, 422)
        assert rows() == before

    check()
