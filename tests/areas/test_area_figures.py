"""Small rules of the pages about areas: order, soft edges, steps of the heat map."""

import pytest

from shadowing.areas.figures import grouped
from shadowing.scoring.shapes import AreaRow, Estimate, HeatCell


def area(identity, verdict, score=None, target=4.0, rows=9, level="utility"):
    estimate = None if score is None else Estimate(score, 0.2, target)
    return AreaRow(
        identity, {"en": identity, "zh": "某"}, "counter", "core", verdict, estimate, level, None, 0.9, rows, rows
    )


def test_groups_are_in_the_order_of_the_page_and_furthest_from_target_first():
    groups = grouped(
        [
            area("d", "healthy", 4.4),
            area("a", "underperforming", 3.4),
            area("b", "underperforming", 2.9),
            area("n", "not_enough_evidence"),
        ]
    )
    assert [(group.verdict, group.first) for group in groups] == [
        ("underperforming", 1),
        ("healthy", 3),
        ("not_enough_evidence", 4),
    ]
    assert [each.id for each in groups[0].areas] == ["b", "a"]


def test_an_estimate_prints_its_soft_edge():
    estimate = Estimate(2.93, 0.16, 4.0)
    assert (estimate.shown, estimate.low, estimate.high, estimate.target_shown) == (48, 42, 55, 75)
    assert Estimate.of_index(68.45, 4.54).shown == 68


def test_figures_need_five_rows():
    assert not area("a", "watch", 3.0, rows=4).figures_allowed
    assert area("a", "watch", 3.0, rows=5).figures_allowed


@pytest.mark.parametrize(
    ("cell", "step"),
    [
        (HeatCell("web"), "x"),
        (HeatCell("web", True), "0"),
        (HeatCell("web", True, 2.9, 4), "1"),
        (HeatCell("web", True, 3.0, 4), "2"),
        (HeatCell("web", True, 3.36, 4), "2"),
        (HeatCell("web", True, 3.4, 4), "3"),
        (HeatCell("web", True, 4.2, 4), "5"),
        (HeatCell("web", True, 5.0, 4), "5"),
        (HeatCell("web", True, 1.0, 4), "1"),
    ],
)
def test_steps_of_the_heat_map(cell, step):
    assert cell.step == step
