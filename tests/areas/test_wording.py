"""What is said of areas follows from their figures."""

from dataclasses import replace
from datetime import date

import pytest

from shadowing.areas.beside.wording import how_long_they_wait
from shadowing.areas.figures import AreaPage, AreasPage, Beside, ClockFigures, StandardRow, WaitFigures, grouped
from shadowing.areas.wording import (
    below_target,
    how_good_the_evidence_is,
    how_it_stands,
    how_many_fail,
    too_few_visits,
    why_nothing_to_read,
)
from shadowing.core.sentences import plain
from shadowing.scoring.shapes import HeatMap, Pyramid
from shadowing.scoring.statistics.proportions import wilson
from tests.areas.test_area_figures import area


def page_of(*areas, **more):
    return AreasPage(None, (), grouped(areas), HeatMap((), ()), Pyramid(()), **more)


def page(**more):
    return AreaPage(area("a", "underperforming", 2.9), (), 9, **more)


def english(told):
    return plain(told, "en")


def test_the_list_opens_with_how_many_fail():
    one = replace(area("a", "underperforming", 2.9), probability=0.97)

    assert english(how_many_fail(page_of(one, offered=12))) == "1 of 12 areas is very likely below target."
    assert "2 of 2 areas are" in english(how_many_fail(page_of(one, replace(one, id="b"))))
    assert english(how_many_fail(page_of(area("a", "healthy", 4.4)))) == "The one area is not very likely below target."
    assert english(how_many_fail(page_of(area("a", "watch", 4.0), offered=3))) == (
        "None of 3 areas is very likely below target."
    )
    assert "Too little has been seen" in english(how_many_fail(page_of(area("n", "not_enough_evidence"))))


def test_of_many_flagged_the_list_says_how_many_are_probably_fine_and_where_the_base_gives_way():
    flagged = [replace(area(str(n), "underperforming", 2.9), binding_level="utility") for n in range(6)]

    told = how_many_fail(page_of(*flagged))

    assert english(told).endswith("In 6 the base of the pyramid fails first. About one of them is probably fine.")
    assert plain(told, "zh").count("。") == 3 and "。 " not in plain(told, "zh")


@pytest.mark.parametrize(
    ("probability", "rows", "said"),
    [
        (0.999, 9, "It is more than 99% likely to be below the target of 75."),
        (0.88, 9, "It is 88% likely to be below the target of 75."),
        (0.001, 9, "It is less than 1% likely to be below the target of 75."),
        (0.999, 4, "It is very probably below its target."),
        (0.7, 4, "It is rather below its target than not."),
        (0.5, 4, "Whether it reaches its target is open."),
        (0.1, 4, "It is probably not below its target."),
    ],
)
def test_a_chance_is_never_certain_and_few_rows_have_words_only(probability, rows, said):
    assert english(below_target(replace(area("a", "watch", 3.0, rows=rows), probability=probability))) == said


def test_an_area_says_what_is_known_how_surely_and_why():
    broken = StandardRow({"en": "Greeted", "zh": "问候"}, "standard", wilson(1, 8))
    found = page(beside=Beside((broken,), clocks=(ClockFigures(9, 720, 900, 600),)), check_base_first=True)

    told = english(how_it_stands(replace(found, area=replace(found.area, binding_level="delight", one_observer=True))))

    assert told.startswith("It scores 48, most likely between")
    assert "Delight fails first. Half wait longer than about 12 min; the standard is 10 min." in told
    assert "“Greeted” was met in 1" in told
    assert told.endswith("One observer alone saw it; another pair of eyes is needed.")


def test_too_little_is_said_as_such():
    unseen, thin = area("n", "not_enough_evidence"), area("n", "not_enough_evidence", 3.0, rows=1)

    assert "Nobody has looked here yet." in english(how_it_stands(replace(page(), area=unseen)))
    assert english(how_it_stands(replace(page(), area=thin))).startswith("Not enough evidence: one visit. So far")


def test_in_the_list_too_little_follows_its_number():
    seen = area("a", "not_enough_evidence")

    assert [english(too_few_visits(replace(seen, visits=count))) for count in (1, 2)] == ["visit only", "visits only"]


def test_waits_name_a_share_only_from_five_answers_on():
    few, enough = WaitFigures(4, 60, 90, 30, wilson(3, 4)), WaitFigures(8, 60, 90, 30, wilson(6, 8))

    assert english(how_long_they_wait(few)) == (
        "Waiting: half longer than about 1 min, one in ten longer than about 1 min 30 s."
    )
    assert english(how_long_they_wait(enough)).endswith("6 of 8 waited over 30 s.")
    many = WaitFigures(40, 724, 1117, 600, wilson(30, 40))
    assert english(how_long_they_wait(many)) == (
        "Waiting: half longer than 12 min 4 s, one in ten longer than 18 min 37 s. 75% wait over 10 min (62% to 84%)."
    )
    assert "about 12 min, one in ten longer than about 19 min" in english(how_long_they_wait(replace(many, count=6)))


def test_what_there_is_to_read_and_how_good_it_is():
    assert "imported" not in english(why_nothing_to_read(page())).lower()
    assert english(why_nothing_to_read(page(imported=True))).startswith("Imported ratings")
    assert english(how_good_the_evidence_is(page())) == "Evidence grade D."
    old = page(grade="B", last_on=date(2026, 3, 1), fresh=False)
    assert english(how_good_the_evidence_is(old)) == ("Evidence grade B, last seen 1 Mar. The evidence is getting old.")
