"""The line of the index: everything inside its drawing, names that do not lie over each other, gaps that are seen."""

import pytest

from shadowing.summary.trend.chart import SIZES, Mark, Point, all_sizes

YEAR = [Point(0, 62, 58, 66), Point(1, 61, 57, 65), Point(2, 65, 62, 68), Point(3, 67, 64, 70)]
MARKS = [Mark("target", 67.5), Mark("peers", 68)]


@pytest.mark.parametrize("points", [YEAR, YEAR[2:], [Point(0, 2, -3, 7), Point(3, 99, 93, 105)]])
@pytest.mark.parametrize("marks", [MARKS, [], [Mark("peers", 0), Mark("target", 100)]])
def test_all_of_it_is_inside(points, marks):
    for name, drawn in all_sizes(points, marks, 4).items():
        size = SIZES[name]
        pairs = [pair.split(",") for text in (drawn.band, *drawn.lines, *drawn.gaps) for pair in text.split()]
        assert all(0 <= float(x) <= size.right and 0 <= float(y) <= size.height for x, y in pairs)
        assert all(0 <= mark.y <= size.height for mark in drawn.marks)


def test_names_at_the_right_end_stand_apart():
    drawn = all_sizes(YEAR, MARKS, 4)["wide"]
    labels = [mark.label_y for mark in drawn.marks]
    assert [mark.kind for mark in drawn.marks] == ["peers", "target", "newest"]
    assert all(other - one >= 15 for one, other in zip(labels, labels[1:], strict=False))


def test_a_window_without_a_verdict_leaves_a_gap():
    drawn = all_sizes([YEAR[0], YEAR[2], YEAR[3]], [], 4)["wide"]
    assert (len(drawn.lines), len(drawn.gaps), len(drawn.dots)) == (1, 1, 3)


def test_a_phone_has_room_for_the_first_and_the_last_month():
    charts = all_sizes(YEAR, MARKS, 4)
    assert [number for number, _, _ in charts["wide"].ticks] == [0, 1, 2, 3]
    assert [(number, anchor) for number, _, anchor in charts["narrow"].ticks] == [(0, "start"), (3, "end")]
