"""What is said of coverage follows from its figures."""

from dataclasses import replace

import pytest

from shadowing.core.sentences import in_both, plain
from shadowing.coverage.figures import Comparison, CoreNeed, CoverageCell, Matrix, SeenCount, Side
from shadowing.coverage.wording import cell_told, comparison_told, lost_told, need_told, where_to_look, why_here
from shadowing.scoring.statistics.proportions import wilson
from shadowing.scoring.statistics.value_of_visits import Look, VisitCandidate

DESK = {"en": "desk", "zh": "柜台"}
THE_QUEUE = {"en": "the queue", "zh": "排队"}
TWO = (Side(DESK, "a", 9), Side("St Mary’s", "b", 9))


def look(reason, **more):
    candidate = VisitCandidate(key="1", weight=1.0, importance=5, levels={}, **more)
    return Look(
        candidate=candidate, level="utility", reason=reason, value=1.0, score=3.0, target=4.0, now=0.4, after=0.2
    )


@pytest.mark.parametrize(
    ("reason", "more", "english", "chinese"),
    [
        ("never", {}, "Nobody has looked.", "还没有人看过。"),
        ("thin", {"visits": 1}, "Seen once only.", "只看过 1 次。"),
        ("thin", {"visits": 2}, "Seen twice only.", "只看过 2 次。"),
        ("long_ago", {"days": 1.0}, "Last seen 1 day ago.", "上次看到是 1 天前。"),
        ("long_ago", {"days": 120.4}, "Last seen 120 days ago.", "上次看到是 120 天前。"),
        (
            "reshadowing",
            {"planned": (2, 6)},
            "Worth seeing again.",
            "值得再看一次。",
        ),
        ("edge", {}, "It may be on either side of its target.", "可能达到目标，也可能没达到。"),
    ],
)
def test_a_suggestion_says_why_and_how_much_doubt_goes(reason, more, english, chinese):
    assert in_both(why_here(look(reason, **more))) == {
        "en": f"{english} Three visits narrow it from ±10 to ±5.",
        "zh": f"{chinese}再随行 3 次，误差从 ±10 降到 ±5。",
    }


def test_what_no_visit_narrows_is_known_already():
    assert plain(why_here(replace(look("open"), after=0.4)), "en").endswith("It is known to ±10 already.")


def test_what_narrows_hardly_is_not_praised():
    assert in_both(why_here(replace(look("open"), now=0.36, after=0.32))) == {
        "en": "It is not settled. Three more visits make us a little surer: ±8 instead of ±9.",
        "zh": "尚无定论。再随行 3 次，把握略大一些：误差从 ±9 降到 ±8。",
    }


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (("fresh",), "Everything is fresh."),
        (("thin", "fresh"), "Every area has been seen, one cell is thin."),
        (
            ("overlooked", "thin", "thin", "ageing"),
            "One area nobody has looked at, 2 cells are thin, one cell is ageing.",
        ),
        (("overlooked", "overlooked"), "2 areas nobody has looked at."),
    ],
)
def test_the_map_opens_with_what_is_missing(states, said):
    cells = tuple(
        CoverageCell("core", "web", state, areas=1, areas_seen=int(state != "overlooked")) for state in states
    )

    told = plain(where_to_look(Matrix(("web",), (("core", cells),))), "en")

    assert told == f"{said} Start where one visit removes the most doubt."


def test_a_cell_says_what_it_needs():
    assert plain(cell_told(CoverageCell("core", "web", "thin", SeenCount(2))), "en") == "+1 needed"
    assert plain(cell_told(CoverageCell("core", "web", "ageing", SeenCount(9), 120)), "en") == "last 120 days ago"
    assert plain(cell_told(CoverageCell("core", "web", "overlooked")), "en") == "overlooked"


def test_a_core_need_says_how_it_was_looked_after():
    need = CoreNeed("1", DESK, THE_QUEUE, SeenCount(), None, planned=False)

    assert plain(need_told(need), "en") == "Nobody has looked, and nobody is going to."
    assert plain(need_told(replace(need, planned=True)), "en").endswith("a visit is planned.")
    assert plain(need_told(replace(need, seen=SeenCount(2), age=100)), "en") == "Seen 2 times, last 100 days ago."


def test_a_comparison_names_the_better_side_and_leaves_names_as_they_are():
    one = Comparison(THE_QUEUE, None, "utility", TWO, "differs", gap=0.5, best="b", worst="a")

    assert plain(comparison_told(one), "en") == "St Mary’s is better than desk, by 12 points."
    assert plain(comparison_told(replace(one, best="a", worst="b")), "en").startswith("Desk is better than St Mary’s")
    assert plain(comparison_told(replace(one, verdict="alike")), "en") == "No difference is shown."


def test_a_share_is_told_from_five_answers_on():
    assert plain(lost_told(wilson(1, 4)), "en") == "too few for a share"
    assert plain(lost_told(wilson(2, 8)), "en").startswith("25% lost, most likely")
