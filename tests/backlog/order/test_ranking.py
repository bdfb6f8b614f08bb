"""One backlog in several views, and the sentence that says why an item stands where it does (METHOD E5)."""

from dataclasses import replace

import pytest

from shadowing.backlog.order.figures import LevelLoad, Workload
from shadowing.backlog.order.practices import PRACTICES, practices_for
from shadowing.backlog.order.ranking import arranged, standings
from shadowing.backlog.order.wording import about, balance, days, figure, hurt_so_often, load_of, shortfall_of, why_here
from shadowing.core.sentences import plain
from shadowing.core.vocabulary import FACTOR_GROUPS, LEVELS, SERVED
from shadowing.journeys.wording import served_forms
from shadowing.scoring.statistics.pyramid import LevelFinding
from tests.backlog.test_priority import X, Y, Z, candidate

WHO, THEM = served_forms(SERVED["patients"], "en"), served_forms(SERVED["patients"], "zh")


def ids(ranked):
    return [item.candidate.id for item in ranked]


def told(sentences, who=WHO, language="en"):
    return plain(sentences, language)


def test_each_view_has_its_own_order():
    assert ids(arranged([Y, Z, X])) == ["X", "Z", "Y"]
    assert ids(arranged([Y, Z, X], "brand")) == ["Y", "X", "Z"]
    assert ids(arranged([Y, Z, X], "customer")) == ["X", "Z", "Y"]


def test_by_value_a_higher_level_counts_as_far_as_its_base_is_fine():
    strong = replace(Y, effects=dict.fromkeys(("customer", "business", "brand"), 1.0))
    above = LevelFinding("underperforming", 1, Y.gain)
    fine = {"Y": {"utility": LevelFinding("healthy", 0.05, 0.0), "usability": above}}
    short = {"Y": {"utility": LevelFinding("underperforming", 0.9, 1.0), "usability": above}}

    assert ids(arranged([strong, Z, X], "value", fine))[0] == "Y"
    assert ids(arranged([strong, Z, X], "value", short))[-1] == "Y"


def test_the_figure_is_rounded_to_what_is_known():
    assert [about(points) for points in (0.4, 1, 8.4, 115.7, 312, 96_531)] == [0, 1, 8, 120, 310, 97_000]
    stands = standings(arranged([Y, Z, X]))
    assert told(figure(stands["X"], WHO)) == "About 120 points for patients a month per person-day"
    assert told(figure(stands["X"], THEM), language="zh") == "每人天的工作，每月约为患者多得120分"
    assert told(figure(replace(stands["X"], harmful=True), WHO)) == "Hurts more than it helps"
    assert told(figure(replace(stands["X"], points=0.3), WHO)).startswith("Less than 1 point for patients a month")


def test_the_sentence_says_how_sure_how_many_what_it_costs_and_where_lenses_part():
    stands = standings(arranged([Y, Z, X]))

    assert told(why_here(stands["X"], WHO)) == (
        "No. 1 of 3: Utility is the base of the pyramid and comes first. "
        "It is below its target with a chance of 98%; 15 points of 100 are to be gained. "
        "1,200 patients come through in a month; the work takes 5 person-days. "
        "It is practically tied with its neighbours: their order may be the other way round. "
        "By one lens alone: no. 1 for Customer, no. 2 for Business, no. 2 for Brand."
    )
    last = told(why_here(stands["Y"], WHO))
    assert "Usability waits until the levels below it are through." in last and "last for Customer" in last
    guessed = "900 patients a month are assumed; the work takes 3 person-days, a guess."
    assert guessed in told(why_here(stands["Z"], WHO))


def test_where_lenses_agree_no_rank_by_lens_is_told():
    alone = standings(arranged([X]))["X"]
    assert "By one lens alone" not in told(why_here(alone, WHO))


def test_a_lens_alone_says_whose_order_it_is():
    stands = standings(arranged([Y, Z, X], "customer"), "customer")
    assert told(why_here(stands["Y"], WHO)).startswith("No. 3 of 3 if only the lens Customer counts.")
    assert told(figure(stands["Y"], WHO)) == "Harms this lens: counted alone it stands last"


def test_few_ratings_are_told_in_words():
    few = standings(arranged([replace(X, rows=3)]))["X"]
    assert "%" not in told(why_here(few, WHO))


def test_harm_goes_last_and_says_so():
    harmful = candidate("H", "utility", (5, 5, 5), (-1, -1, 0), 3.0, 0.2, 4.0)
    stands = standings(arranged([harmful, Y, Z]))["H"]
    assert stands.harmful and "hurts more than it helps" in told(why_here(stands, WHO))


def test_what_others_do_begins_with_what_hurts_most_here():
    cards = practices_for("usability", {"people": 3, "process": 7, "information": 1})
    assert [(card.group, card.hurt) for card in cards] == [("service", 8), ("people", 3)]
    assert all(set(practices) == set(FACTOR_GROUPS) for practices in PRACTICES.values()) and set(PRACTICES) == set(
        LEVELS
    )
    assert told(hurt_so_often(8)) == "said to hurt here 8 times"


LOAD = (LevelLoad("utility", 2, 0, 3, 41), LevelLoad("usability", 8, 3), LevelLoad("delight", 0, 5))


def test_more_work_above_than_on_a_short_base_is_upside_down():
    load = Workload(LOAD)
    assert load.upside_down
    assert told(balance(load)) == (
        "Upside down: 8 of 10 person-days go above the base, while Utility is short at 3 areas. Fix the base first."
    )
    assert not Workload((replace(LOAD[0], short_areas=0), *LOAD[1:])).upside_down
    assert balance(Workload((replace(LOAD[0], planned_days=9), *LOAD[1:]))) is None


@pytest.mark.parametrize(
    ("load", "work", "short"),
    [
        (LOAD[0], "2 person-days planned", "3 areas below target, 41 points short in all"),
        (LOAD[1], "8 person-days planned, 3 person-days proposed", "no area below target"),
        (LOAD[2], "nothing planned, 5 person-days proposed", "no area below target"),
    ],
)
def test_days_stand_beside_what_is_missing(load, work, short):
    assert (told(load_of(load)), told(shortfall_of(load))) == (work, short)
    assert told(days(1)) == "one person-day" and told(days(2.5)) == "2.5 person-days"
