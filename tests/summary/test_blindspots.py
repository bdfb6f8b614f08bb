"""What we do not know: found from coverage, never empty, never endless."""

from shadowing.coverage.figures import CoverageCell, Matrix
from shadowing.scoring.shapes import AreaRow
from shadowing.summary.blindspots import blind_spots

NOTHING = Matrix((), ())
SEEN = Matrix(
    ("person", "phone", "chat"),
    (
        (
            "first",
            (
                CoverageCell("first", "person", "fresh"),
                CoverageCell("first", "phone", "overlooked", areas=2),
                CoverageCell("first", "chat", "overlooked", areas=1),
            ),
        ),
        (
            "end",
            (
                CoverageCell("end", "person", "fresh"),
                CoverageCell("end", "phone", "thin"),
                CoverageCell("end", "chat", "absent"),
            ),
        ),
    ),
)


def kinds(*arguments, **keywords):
    return [unknown.kind for unknown in blind_spots(*arguments, **keywords)]


def test_even_an_empty_service_has_one():
    assert kinds([], NOTHING, observers=4) == ["customers_not_asked", "never_came"]


def test_all_areas_come_before_the_channels_they_are_in():
    found = blind_spots([], SEEN, observers=4)
    assert [(each.kind, each.channel, each.count) for each in found] == [
        ("areas", None, 3),
        ("channel", "chat", 1),
        ("customers_not_asked", None, 0),
        ("never_came", None, 0),
    ]


def test_an_import_says_what_a_file_cannot_tell():
    assert kinds([], NOTHING, observers=1, imported=True, undated=True) == [
        "one_pseudo_observer",
        "undated",
        "customers_not_asked",
        "never_came",
    ]


def test_at_most_five_and_thin_areas_are_named():
    thin = [
        AreaRow(str(n), {"en": f"T{n}", "zh": "某"}, "web", "core", "not_enough_evidence", None, None, None, None, n, n)
        for n in (2, 1, 2)
    ]
    found = blind_spots(thin, SEEN, observers=1, early_visits=(44, 46))
    assert len(found) == 5
    assert found[-1].kind == "never_came"
    assert [each.kind for each in found[:4]] == ["areas", "channel", "late_hours", "one_observer"]
