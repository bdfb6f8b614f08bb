"""What serves a principle is said by number."""

import pytest

from shadowing.authoring.strategy.wording import what_serves_it
from shadowing.core.sentences import plain


@pytest.mark.parametrize(
    ("standards", "said"),
    [(0, "no standard serves it yet"), (1, "one standard serves it"), (3, "3 standards serve it")],
)
def test_standards_are_counted(standards, said):
    assert plain(what_serves_it(standards), "en") == said
