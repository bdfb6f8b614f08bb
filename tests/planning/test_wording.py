"""What is said of plans and of participation follows from their figures."""

from dataclasses import replace
from datetime import UTC, datetime

from shadowing.core.sentences import plain
from shadowing.core.vocabulary import SERVED
from shadowing.coverage.figures import Coverage
from shadowing.journeys.wording import served_forms
from shadowing.planning.participation.figures import Counted, Unsent, participation
from shadowing.planning.participation.wording import how_it_is_counted, last_heard, what_may_be_there, who_went
from shadowing.planning.plans.figures import ObserverChoice
from shadowing.planning.plans.wording import (
    PlanTold,
    about_observer,
    calendar_entry,
    calendar_name,
    days_looked_at,
    load_told,
    moment_told,
    planned,
    visit_asked,
    visit_cancelled,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
NURSING = {"en": "Nursing", "zh": "护理部"}
WEI = ObserverChoice("1", "Wei", "W", None, False, 0)
PHONE = Unsent("Lena", "L", NOON, None, media=1, planned=2)

DISCHARGE = {"en": "Discharge", "zh": "出院"}
WHO = served_forms(SERVED["patients"], "en")
CHINESE = served_forms(SERVED["patients"], "zh")
TOLD = PlanTold(
    "Wei", "Lena", DISCHARGE, NURSING, moment_told("Friday 20 November, 12:00", ""), "", "https://a.test/slots", WHO
)


def english(told):
    return plain(told, "en", UTC)


def test_participation_opens_with_who_went():
    nobody = participation([Counted(NURSING, 5, 0, 0)])
    some = participation([Counted(NURSING, 5, 1, 3), Counted(None, 9, 0, 0)])

    assert english(who_went(nobody, WHO)).startswith("Nobody has walked with a patient in 30 days.")
    assert english(who_went(some, WHO)) == (
        "1 person walked with a patient in 30 days, from 1 of 2 departments: 3 visits."
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


def test_a_letter_says_who_asks_for_what_and_where_to_say_no():
    subject, text = visit_asked(TOLD)

    assert english(subject) == "A visit for you: Discharge, Friday 20 November, 12:00"
    assert english(text).startswith("Hello Wei,\n\nLena asks you to shadow a patient along “Discharge”:\n\nFriday")
    assert "12:00\nNursing\n\nIt stands" in english(text) and english(text).endswith("\n\nhttps://a.test/slots")
    assert "Nursing\nBring the form\n\nIt" in english(visit_asked(replace(TOLD, note="Bring the form"))[1])
    assert "出院" in plain(subject, "zh") and "Discharge" not in plain(text, "zh")


def test_a_letter_says_that_there_is_nothing_to_do():
    subject, text = visit_cancelled(TOLD)

    assert english(subject) == "Cancelled: Discharge, Friday 20 November, 12:00"
    assert english(text) == (
        "Hello Wei,\n\nthe visit along “Discharge” at Nursing on Friday 20 November, 12:00 is cancelled by Lena. "
        "There is nothing to do."
    )
    assert plain(subject, "zh").startswith("已取消")


def test_a_calendar_is_named_in_its_readers_language():
    assert english(calendar_name(NURSING)) == "Shadowing at Nursing"
    assert english(calendar_entry(DISCHARGE, WHO)) == "Shadow a patient: Discharge"
    assert plain(calendar_entry(DISCHARGE, CHINESE), "zh") == "陪同患者：出院"
