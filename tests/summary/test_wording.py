"""What the executive page says follows from its figures."""

from dataclasses import replace

import pytest

from shadowing.core.sentences import html, plain
from shadowing.core.vocabulary import SERVED
from shadowing.journeys.wording import served_forms
from shadowing.scoring.statistics.proportions import wilson
from shadowing.summary.curve import EmotionPoint
from shadowing.summary.figures import Change, IndexFigures, Summary, Unknown
from shadowing.summary.trend.figures import OverTime
from shadowing.summary.wording import (
    change_told,
    feeling,
    headline,
    how_many_visits,
    how_to_read_it,
    index_over_time,
    share_or_why_none,
    small_share,
    unknown_told,
    what_gives_way,
)
from tests.areas.test_area_figures import area

WHO = {language: served_forms(SERVED["patients"], language) for language in ("en", "zh")}
EMPTY = Summary("House", None, None, None, 12, 40, 2, 8, 6, over_time=OverTime(computed=True))
INDEX = IndexFigures(70, 60, 80, "good", 0.8, False, 40)


def english(told):
    return plain(told, "en")


def test_the_headline_is_the_strongest_thing_that_may_be_said():
    def said(summary):
        return english(headline(summary, WHO["en"]))

    failing = replace(EMPTY, failing=1, furthest=(area("Till", "underperforming", 2.9),))

    assert said(EMPTY) == "Too little has been seen to judge."
    assert said(replace(EMPTY, furthest=(area("Till", "watch", 3.9),))).startswith("No area is very likely")
    assert said(failing) == "One area is very likely below target. “Till” falls furthest short."
    assert said(replace(failing, failing=3)).startswith("3 areas are very likely")
    assert said(replace(failing, got=wilson(8, 10))).startswith("80% of patients get what they came for. “Till”")
    assert said(replace(failing, got=wilson(3, 4))).startswith("One area")


@pytest.mark.parametrize(
    ("count", "total", "said"),
    [
        (9, 9, "All patients who were asked got what they came for."),
        (400, 400, "All patients who were asked got what they came for."),
        (0, 12, "None of the patients who were asked got what they came for."),
        (8, 9, "Most of the patients who were asked got what they came for."),
        (3, 6, "Half of the patients who were asked got what they came for."),
        (1, 9, "Fewer than half of the patients who were asked got what they came for."),
        (9, 10, "90% of patients get what they came for."),
    ],
)
def test_few_answers_are_words_in_a_headline_and_nothing_is_ever_all_of_a_hundred(count, total, said):
    assert english(headline(replace(EMPTY, got=wilson(count, total)), WHO["en"])) == said


def test_what_it_rests_on_is_named_as_what_it_is():
    assert english(how_many_visits(EMPTY)) == "12 visits"
    assert english(how_many_visits(replace(EMPTY, imported=True, visits=1))) == "One imported answer"
    assert english(how_to_read_it(replace(EMPTY, visits=1))).endswith(
        "From one shadowed visit; lenient and harsh observers are evened out."
    )
    assert english(how_to_read_it(replace(EMPTY, imported=True))).endswith("From 40 imported ratings.")


def test_below_five_answers_a_share_is_words_only():
    assert english(share_or_why_none(wilson(1, 1), False, WHO["en"])) == "one answer only: too few for a share"
    assert english(share_or_why_none(wilson(2, 4), False, WHO["en"])) == "4 answers only: too few for a share"
    assert english(share_or_why_none(wilson(4, 5), False, WHO["en"])).startswith("4 of 5, most likely")
    assert english(share_or_why_none(None, False, WHO["en"])).startswith("Not asked yet.")
    assert "whether patients got" in english(share_or_why_none(None, True, WHO["en"]))
    assert [english(small_share(share)) for share in (None, wilson(1, 1), wilson(3, 3))] == [
        "not asked yet",
        "one answer only",
        "3 answers only",
    ]


def test_the_index_has_no_trend_yet_and_says_when_it_is_provisional():
    assert english(index_over_time(EMPTY, INDEX)).startswith("No trend yet")
    assert english(index_over_time(replace(EMPTY, undated=True), INDEX)).startswith("No trend: the imported")
    assert english(index_over_time(EMPTY, replace(INDEX, provisional=True))).endswith(
        "Provisional: few ratings, or too little of the journey seen."
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("verified", "Till"), "<b>Till</b> is proven."),
        (Change("reopened", "Till"), "<b>Till</b> was reopened."),
        (Change("shipped", "Till"), "<b>Till</b> is shipped and being seen again."),
        (Change("fell", "R&D"), "<b>R&amp;D</b> fell below its target."),
        (Change("rose", "Till"), "<b>Till</b> is no longer below its target."),
        (Change("serious", "Till", "safety"), "<b>One serious case</b>: safety, Till."),
    ],
)
def test_a_change_is_told_with_its_place(change, said):
    assert str(html(change_told(change), "en")).lower() == said.lower()


@pytest.mark.parametrize(
    ("unknown", "said"),
    [
        (Unknown("channel", channel="kiosk", count=3), "Kiosk: nobody has looked."),
        (Unknown("channel", channel="WeChat desk", count=3), "WeChat desk: nobody has looked."),
        (Unknown("areas", count=1), "One area of the journey map nobody has looked at."),
        (Unknown("late_hours", count=9, total=10), "Afternoons and evenings: 9 of 10 visits were before 14:00."),
        (Unknown("thin", {"en": "Till", "zh": "收银"}, "counter", 2), "Till, counter: 2 visits only."),
        (Unknown("customers_not_asked"), "What patients say themselves: nobody has asked them by QR code."),
        (Unknown("never_came"), "Those who never came: shadowing cannot see them."),
    ],
)
def test_what_we_do_not_know_is_said_plainly(unknown, said):
    assert english(unknown_told(unknown, WHO["en"])) == said
    assert plain(unknown_told(unknown, WHO["zh"]), "zh").endswith("。")


def test_the_pyramid_says_which_level_gives_way():
    assert english(what_gives_way(None)).startswith("No level")
    assert english(what_gives_way("utility")).startswith("The base")
    assert english(what_gives_way("delight")) == "Delight fails first; the levels below hold."


def test_a_feeling_has_its_sign_and_what_it_rests_on():
    point = EmotionPoint({"en": "Till", "zh": "收银"}, "core")

    assert english(feeling(point)) == "not seen"
    assert english(feeling(replace(point, mean=-0.52, rows=1))) == "−0.5, One observation"
