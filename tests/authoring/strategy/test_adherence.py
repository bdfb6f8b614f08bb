"""A principle is lived as often as its standards are met, of those checked; by place, never by person."""

from shadowing.authoring.strategy.adherence import StandardCheck, lived
from shadowing.scoring.statistics.proportions import wilson


def test_met_of_checked_by_site_and_department():
    rows = [
        StandardCheck("1", 1, 7, "met", 6),
        StandardCheck("1", 1, 7, "not_met", 2),
        StandardCheck("1", 2, None, "met", 1),
        StandardCheck("1", 2, 7, "not_seen", 99),
        StandardCheck("2", 1, 7, "not_met", 5),
    ]

    found = lived(rows)

    assert (found["1"].share, found["1"].checked) == (wilson(7, 9), 9)
    assert found["1"].by_site == {1: wilson(6, 8), 2: None}, "below five there is no share"
    assert found["1"].by_department == {7: wilson(6, 8)}
    assert found["2"].share == wilson(0, 5)


def test_nothing_checked_is_nothing_lived():
    assert lived([]) == {} == lived([StandardCheck("1", 1, 1, "not_seen", 5)])
