"""What is counted in a journey is said by number."""

from shadowing.core.sentences import plain
from shadowing.journeys.wording import standards, touchpoints


def test_touchpoints_and_standards_are_counted():
    assert [plain(touchpoints(count), "en") for count in (1, 12)] == ["one touchpoint", "12 touchpoints"]
    assert [plain(standards(count), "en") for count in (1, 12)] == ["one standard", "12 standards"]
    assert plain(touchpoints(12), "zh") == "12 个触点"
