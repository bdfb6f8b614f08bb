"""What is said of plans and of participation follows from their figures."""

from dataclasses import replace
from datetime import UTC, datetime

from shadowing.core.sentences import plain
from shadowing.coverage.figures import Coverage
from shadowing.planning.participation.figures import Counted, Unsent, participation
from shadowing.planning.participation.wording import how_it_is_counted, last_heard, what_may_be_there, who_went
from shadowing.planning.plans.figures import ObserverChoice
from shadowing.planning.plans.wording import about_observer, days_looked_at, load_told, planned

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
NURSING = {"en": "Nursing", "zh": "护理部"}
WEI = ObserverChoice("1", "Wei", "W", None, False, 0)
PHONE = Unsent("Lena", "L", NOON, None, media=1, planned=2)


def english(told):
    return plain(told, "en")


def test_participation_opens_with_who_went():
    nobody = participation([Counted(NURSING, 5, 0, 0)])
    some = participation([Counted(NURSING, 5, 1, 3), Counted(None, 9, 0, 0)])

    assert english(who_went(nobody)).startswith("Nobody has walked with a customer in 30 days.")
    assert english(who_went(some)) == (
        "One person walked with a customer in 30 days, from 1 of 2 departments: 3 visits."
    )
    assert english(how_it_is_counted(some)).endswith("3.0 visits for everyone who walked.")
    assert english(how_it_is_counted(nobody)).endswith("Nobody is ranked here.")


def test_what_a_phone_may_hold_is_listed_with_its_date():
    assert english(what_may_be_there(PHONE)) == (
        "1 photo or voice note has not come, 2 planned visits have not been heard of; since 20 Nov"
    )
    assert english(what_may_be_there(replace(PHONE, media=0, planned=0, open_visits=1))) == (
        "1 visit is still open; since 20 Nov"
    )
    assert english(last_heard(PHONE)) == "never heard"
    assert english(last_heard(replace(PHONE, heard_at=NOON))) == "last heard 20 Nov"


def test_an_observer_is_described_by_what_bears_on_asking():
    blind = replace(WEI, department=NURSING, first_time=True, not_blind=True, load=2)

    assert about_observer(WEI) is None
    assert english(about_observer(blind)) == "Nursing, the first time, owns the fix: not blind"
    assert [english(load_told(each)) for each in (WEI, blind)] == ["free", "2 planned"]


def test_planning_counts_days_and_visits():
    assert [english(days_looked_at(Coverage(days=days))) for days in (1, 90)] == [
        "visits in one day",
        "visits in 90 days",
    ]
    assert [english(planned(count)) for count in (1, 4)] == ["Planned.", "4 visits are planned."]
