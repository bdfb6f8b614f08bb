"""What a customer reads of what will go and of what was erased."""

import pytest

from shadowing.core.sentences import plain
from shadowing.phone.withdrawal.wording import erased, notes, photos


@pytest.mark.parametrize(
    ("photos", "said"), [(0, "The notes and your words are"), (1, "1 photo are"), (3, "3 photos are")]
)
def test_what_is_gone_is_counted(photos, said):
    assert said in plain(erased(photos), "en") and plain(erased(photos), "en").endswith("was erased remains.")


def test_what_will_go_is_counted():
    assert [plain(notes(count), "en") for count in (1, 12)] == ["1 note", "12 notes"]
    assert [plain(photos(count), "en") for count in (1, 12)] == ["1 photo", "12 photos"]
