"""An id of ours in text: what it may be, and that nobody reads one in another way."""

import re

import pytest

from shadowing.core.ids import our_id
from tests.support.server import ROOT


@pytest.mark.parametrize(("said", "id"), [("0", 0), ("12", 12), ("999999999", 999_999_999)])
def test_a_number_of_ours(said, id):
    assert our_id(said) == id


@pytest.mark.parametrize("said", [None, "", " 1", "-1", "1.0", "²", "١٢", "１２", "1234567890", "1\n", "all"])
def test_whatever_cannot_be_one(said):
    assert our_id(said) is None


def test_digits_are_never_counted_without_saying_of_which_script():
    lines = (line for path in (ROOT / "shadowing").rglob("*.py") for line in path.read_text("utf-8").splitlines())

    assert [line for line in lines if re.search(r"\.isdigit\(\)", line) and ".isascii()" not in line] == []
