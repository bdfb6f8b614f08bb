"""Names and words of any script stay as they were written; only what hides or turns text goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowing.core.text import TURNING, lines, loses, one_line


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("क्‍ष", "क्‍ष"),  # a joiner makes another letter
        ("می‌خواهم", "می‌خواهم"),  # and a non-joiner another word
        ("👩‍⚕️ Ana", "👩‍⚕️ Ana"),
        ("𠮷野", "𠮷野"),
        ("\U000323af", "\U000323af"),  # newer than this Python
        ("王\u3000芳", "王 芳"),
        ("Anne\u00a0Marie", "Anne Marie"),
        ("  Li\t\tWei\n", "Li Wei"),
        ("שרה", "שרה"),
        ("a\u202eb\u2066c", "abc"),
        ("a\x00b\x07c", "abc"),
        ("a\ud800b", "ab"),
        ("\u200fRTL mark", "\u200fRTL mark"),
        ("\u200b \u200d", ""),
    ],
)
def test_one_line(written, kept):
    assert one_line(written) == kept


def test_lines_keep_their_ends_and_lose_what_turns():
    assert lines("first\r\nsecond\u202e\n\n\tthird\x00 ") == "first\nsecond\n\n\tthird"


@pytest.mark.parametrize(
    ("text", "lost"), [("a\u202eb", True), ("a\x00", True), ("王\u3000芳\n", False), ("क्‍ष", False)]
)
def test_it_is_known_when_something_went(text, lost):
    assert loses(text) is lost


@given(st.text())
def test_nothing_unwritable_stays_and_twice_is_once(text):
    kept = one_line(text)

    assert not set(kept) & TURNING
    assert kept.encode("utf-8").decode("utf-8") == kept == one_line(kept)
    assert "\n" not in kept


def test_what_looks_the_same_is_the_same():
    assert one_line("Rene\u0301") == "Ren\u00e9" and lines("Rene\u0301\nx") == "Ren\u00e9\nx"
