"""The shapes of what is kept are those of what is checked."""

import pytest

from shadowing.phone.sync import schemas
from shadowing.visits.models import bodies

PAIRS = [
    (bodies.VisitBody, schemas.VisitRecord),
    (bodies.ConsentBody, schemas.ConsentAnswer),
    (bodies.SkippedBody, schemas.Skipped),
    (bodies.ObservationBody, schemas.ObservationRecord),
    (bodies.TimingsBody, schemas.Timings),
    (bodies.FactorBody, schemas.Factor),
    (bodies.PinBody, schemas.Pin),
    (bodies.PhotoBody, schemas.PhotoEntry),
    (bodies.SoundBody, schemas.SoundEntry),
]


@pytest.mark.parametrize(("kept", "checked"), PAIRS, ids=[kept.__name__ for kept, _ in PAIRS])
def test_what_is_kept_has_the_fields_that_are_checked(kept, checked):
    assert {*kept.__annotations__} == {*checked.model_fields}
