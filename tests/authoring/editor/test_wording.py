"""What publishing would change, said for each kind of change there is."""

import pytest

from shadowing.authoring.editor.wording import (
    change,
    fault,
    goes_differently,
    how_many_are_due,
    how_many_changes,
    how_many_first,
    how_often_seen,
    needs,
    no_gap,
    visits_on_older_versions,
)
from shadowing.core.sentences import plain
from shadowing.core.vocabulary import SERVED
from shadowing.journeys.differences import KINDS, Difference
from shadowing.journeys.wording import served_forms

WHO = served_forms(SERVED["guests"], "en")
DESK = {"en": "Desk", "zh": "前台"}
NOTHING = {"en": "", "zh": ""}
CASES = [
    (Difference("added", DESK, None, 1), "New, with one standard."),
    (Difference("added", DESK, None, 0), "New, with 0 standards."),
    (Difference("removed", DESK, "desk"), "Removed. The 1,200 observations made there stay and are counted."),
    (Difference("removed", DESK, "other"), "Removed. Nothing was seen there yet."),
    (Difference("moved", DESK, "first", "core"), "Moved from First-touch to Core-touch."),
    (Difference("moved", DESK, "core", "core"), "Moved to another place in its stage."),
    (Difference("renamed", DESK, None, DESK), "Now called Desk · 前台."),
    (Difference("need", DESK, None, DESK), "What the guest needs: Desk"),
    (Difference("need", DESK, DESK, NOTHING), "What the guest needs: none"),
    (Difference("channel_added", DESK, None, "phone"), "Also phone."),
    (Difference("channel_removed", DESK, "tube mail", None), "No longer tube mail."),
    (Difference("longest_wait", DESK, None, 370), "Longest wait: none → 6 min 10 s."),
    (Difference("volume", DESK, None, 12000), "Guests a month: not said → 12,000."),
    (Difference("department", DESK, 1, 2), "Belongs to another department."),
    (Difference("target", DESK, ("utility", None), ("utility", 4.0)), "Target for Utility: none → 75."),
    (Difference("importance", DESK, ("customer", 2), ("customer", 3)), "Importance for Customer: 2 → 3."),
    (Difference("standard_added", DESK, None, DESK), "New standard: Desk"),
    (Difference("standard_removed", DESK, DESK, None), "Standard removed: Desk"),
    (Difference("standard_changed", DESK, DESK, DESK), "Standard changed: Desk"),
    (Difference("phrases", DESK, 1, 2), "Phrases: 1 → 2."),
    (Difference("journey_renamed", None, None, DESK), "Now called Desk · 前台."),
    (Difference("journey_need", None, DESK, NOTHING), "What the guest wants: none"),
    (Difference("consent", None, None, DESK), "The guest is asked in other words: Desk"),
    (Difference("asked", None), "People served are called otherwise, or beginners are asked otherwise."),
    (Difference("anchors", None), "Other lines for the ratings."),
    (Difference("lists", None), "Other purposes or scenarios."),
    (Difference("personas", None, 1, 3), "Personas and their needs: 1 → 3 personas."),
]


@pytest.mark.parametrize(("difference", "said"), CASES)
def test_a_change_is_said(difference, said):
    assert plain(change(difference, {"desk": 1200}, WHO), "en") == said


def test_every_kind_of_change_has_its_sentence():
    assert {difference.what for difference, _ in CASES} == set(KINDS)


def test_faults_and_counts():
    assert plain(fault("twice"), "en") == "Another touchpoint of this stage has the same name."
    assert [plain(how_many_changes(n), "en") for n in (1, 2)] == ["One change", "2 changes"]
    assert plain(how_many_first(1), "zh") != plain(how_many_first(1), "en")


def test_what_the_editor_counts_is_said_by_number():
    said = [how_many_are_due, visits_on_older_versions, needs, how_often_seen]

    assert [plain(told(1), "en") for told in said] == [
        "One need has not been looked at for a year; it is marked.",
        "one visit still runs on an older version",
        "one need",
        "One visit",
    ]
    assert [plain(told(3), "en") for told in said] == [
        "3 needs have not been looked at for a year; they are marked.",
        "3 visits still run on an older version",
        "3 needs",
        "3 visits",
    ]
    assert plain(how_often_seen(0), "en") == "not seen yet"


def test_where_it_goes_differently_says_for_whom_it_is_better():
    who = {"en": "Older people", "zh": "老人"}
    assert (
        plain(goes_differently(who, 0.4, 0.6, True, WHO), "en")
        == "Older people: 40% good ratings, all other guests 60%."
    )
    assert plain(goes_differently(who, 0.6, 0.4, False, WHO), "en").startswith("Better for Older people: 60%")


def test_no_gap_is_good_news_only_where_needs_are_written():
    assert plain(no_gap(2), "en").startswith("None:") and plain(no_gap(0), "en").startswith("No needs are written yet.")
