"""Codes are typed by strangers."""

from itertools import pairwise

import pytest

from shadowing.core.vocabulary import CODE_SIGNS
from shadowing.phone.withdrawal.codes import Mistyped, check_sign, code_hash, read_code

CODE = "K7MP4RM"  # tests/js/helpers.test.mjs has the same check


@pytest.mark.parametrize("said", [CODE, "k7mp4rm", "K7M P4RM", "Ｋ７Ｍ Ｐ４ＲＭ", "k7m–p4rm"])
def test_seven_signs_however_they_are_written(said):
    assert read_code(said) == CODE and check_sign(CODE[:6]) == "M"


def test_every_wrong_sign_is_found():
    for place, right in enumerate(CODE):
        for sign in CODE_SIGNS:
            said = CODE[:place] + sign + CODE[place + 1 :]
            if sign == right:
                assert read_code(said) == CODE
                continue
            with pytest.raises(Mistyped):
                read_code(said)


def test_two_neighbours_that_changed_places_are_found():
    for place, (one, other) in enumerate(pairwise(CODE)):
        with pytest.raises(Mistyped):
            read_code(CODE[:place] + other + one + CODE[place + 2 :])


@pytest.mark.parametrize("said", ["K7MP4R", "k7mp4r", "K7M P4R", "K7M-P4R", " k7m–p4r ", "K7M.P4R"])
def test_however_it_is_written_it_is_the_same_code(said):
    assert read_code(said) == "K7MP4R"


@pytest.mark.parametrize(
    "said", ["", "K7MP4", "K7MP4RMM", "K7MP0R", "K7MPIR", "'; drop", "K7MP4é", "K" * 5000, "K7M\x00P4R"]
)
def test_what_cannot_be_a_code_is_none(said):
    assert read_code(said) is None


def test_the_hash_is_the_one_the_phone_sends():
    assert code_hash("K7MP4R") == "2e103198f078297307278ed780a548f0ddfe93b809f9d96d66ecfc443a1eb1d4"
