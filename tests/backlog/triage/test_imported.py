"""What was imported raises nothing until a lead asks for it (DECISIONS 40)."""

import pytest

from shadowing.backlog.models import Improvement
from shadowing.core.database import db
from shadowing.journeys.models import Journey
from shadowing.scoring.models import AreaResult
from tests.conftest import work
from tests.imports.test_browser_import import ANSWERS, SHEET, bring

#: Places of the file that are below their target.
BELOW = 3


def text_of(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def imported(lena, app):
    """Many marks of 1 for one touchpoint: far below its target."""
    header = SHEET.partition("\n")[0]
    rows = (f"{1000 + n},{n % 28 + 1:02}/04/2026,{'LMJO'[n % 4]}.B.,Main,1,4,7,," for n in range(60))
    where = bring(lena, "\n".join([header, *rows]) + "\n").location
    lena.post(where, data={"step": "import", **ANSWERS, "c1-format-said": "%d/%m/%Y"})
    work(app)
    db.session.rollback()
    return db.session.query(Journey).filter_by(origin="import").one()


def items():
    db.session.rollback()
    return db.session.query(Improvement).filter_by(raised_by="rule").count()


def test_it_raises_nothing_until_a_lead_asks(imported, lena, app):
    assert db.session.query(AreaResult).filter(AreaResult.binding_level.is_not(None)).count() == BELOW
    assert items() == 0
    page = text_of(lena.get(f"/improvements?journey={imported.id}"))
    assert f"/improvements/of/{imported.id}" in page and "Rounds" in page

    answer = lena.post(f"/improvements/of/{imported.id}")
    work(app)

    assert (answer.status_code, answer.location) == (303, f"/improvements?journey={imported.id}")
    assert items() == BELOW
    page = text_of(lena.get(f"/improvements?journey={imported.id}"))
    assert f"/improvements/of/{imported.id}" not in page
    lena.post(f"/improvements/of/{imported.id}")
    work(app)
    assert items() == BELOW, "asking twice asks once"


def test_only_leads_ask_and_only_of_what_was_imported(imported, lena, emil, journey):
    assert emil.post(f"/improvements/of/{imported.id}").status_code == 403
    assert f"/improvements/of/{imported.id}" not in text_of(emil.get("/improvements"))
    assert lena.post("/improvements/of/999").status_code == 404
    assert lena.post(f"/improvements/of/{journey['id']}").status_code == 404
