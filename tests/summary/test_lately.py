"""What changed lately, from facts with dates."""

from datetime import timedelta

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.sentences import plain
from shadowing.journeys.models import Area, Journey
from shadowing.scoring.models import AreaFlag
from shadowing.scoring.queries import places
from shadowing.summary.lately import changes_lately
from shadowing.summary.wording import change_told
from shadowing.visits.models.totals import Panel


def flag(area, raised, released=None):
    now = clock.now()
    dates = {"raised_at": now - timedelta(days=raised)}
    dates["released_at"] = now - timedelta(days=released) if released is not None else None
    return AreaFlag(panel_id=1, area_id=area, level="utility", epoch=1, p_below=0.9, **dates)


def kinds(app):
    with app.test_request_context():
        journey = db.session.query(Journey).one()
        changes = changes_lately(1, places(journey, 1), clock.now())
        return [(change.kind, plain(change_told(change), "en")) for change in changes]


def test_flags_of_the_first_day_did_not_fall_and_old_ones_are_no_news(app):
    one, two, three = [id for (id,) in db.session.query(Area.id).order_by(Area.id).limit(3)]
    with writing():
        db.session.rollback()
        db.session.add(Panel(id=1, kind="live"))
        db.session.flush()
        db.session.add_all([flag(one, 90), flag(two, 10), flag(three, 80, released=5), flag(one, 89, released=60)])
        db.session.commit()

    assert kinds(app) == [
        ("rose", "Adverts and talks, advert is no longer below its target."),
        ("fell", "Word of mouth, social media fell below its target."),
    ]


def test_nothing_happened_is_nothing_told(app):
    assert kinds(app) == []
