"""What a customer reads of what was erased."""

import pytest

from shadowing.core.sentences import plain
from shadowing.phone.withdrawal.wording import erased


@pytest.mark.parametrize(
    ("photos", "said"), [(0, "The notes and your words are"), (1, "1 photo are"), (3, "3 photos are")]
)
def test_what_is_gone_is_counted(photos, said):
    assert said in plain(erased(photos), "en") and plain(erased(photos), "en").endswith("was erased remains.")
