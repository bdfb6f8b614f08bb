"""/why: our own figures beside the quoted ones, and practices only where their sign was met."""

from shadowing.backlog.models import Improvement
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.summary.reasons.figures import ENOUGH, fitting
from shadowing.summary.reasons.queries import own_proofs, signs
from shadowing.visits.models.visit import Observation
from tests.conftest import a_visit, an_observation, work


def text(answer):
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def walk(client, journey, times, **said):
    visits = [a_visit(journey, outcome="yes", satisfaction=5, come_again=5) for _ in range(times)]
    noted = [an_observation(journey, visit, utility=2, **said) for visit in visits]
    client.post("/api/v1/sync", json={"visits": visits, "observations": noted})


def test_practices_that_were_met_often_enough_the_most_frequent_first():
    found = fitting({"late": ENOUGH, "rules": ENOUGH + 3, "promises": ENOUGH - 1, "handovers": 0})

    assert [(practice.fits, n) for practice, n in found] == [("rules", 8), ("late", 5)]


def test_signs_are_counted_from_what_was_noted(app, olga, journey):
    walk(olga, journey, 2, reasons=["late"], held_back=["rule", "system"], handover="lost")
    walk(olga, journey, 1, handover="repeated")
    walk(olga, journey, 1, handover="smooth", held_back=["staffing"])
    work(app)

    met = signs(clock.now(), overlooked=7)

    assert met == {"overlooked": 7, "rules": 2, "late": 2, "handovers": 3, "promises": 0}


def test_everybody_may_read_it_and_below_five_there_are_words(app, olga, otto, lena, emil, journey):
    walk(olga, journey, 2, reasons=["late"])
    work(app)

    for client in (olga, otto, lena, emil):
        page = text(client.get("/why"))
        assert "No fix is proven yet." in page and "Bain" in page
        assert "too few to say" in page and "100%" not in page

    walk(olga, journey, 4, reasons=["late"])
    work(app)
    page = text(lena.get("/why"))
    assert "6 of 6" in page and "Disney" in page and "Toyota" in page


def test_a_proven_fix_stands_first(app, olga, lena, journey):
    walk(olga, journey, 1)
    work(app)
    row = db.session.query(Observation).one()
    item = {"area_id": row.area_id, "panel_id": row.panel_id, "level": "utility", "raised_by": "person"}
    with writing():
        db.session.rollback()
        now = clock.now()
        for title, state in (("A second <b>window", "verified"), ("Not yet", "shipped")):
            db.session.add(Improvement(**item, title=title, state=state, raised_at=now, changed_at=now))
        db.session.commit()

    assert [proof.title["en"] for proof in own_proofs()] == ["A second <b>window"]
    assert "A second &lt;b&gt;window" in text(lena.get("/why"))
