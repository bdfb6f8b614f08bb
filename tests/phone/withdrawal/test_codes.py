"""Codes are typed by strangers."""

import pytest

from shadowing.phone.withdrawal.codes import code_hash, read_code


@pytest.mark.parametrize("said", ["K7MP4R", "k7mp4r", "K7M P4R", "K7M-P4R", " k7m–p4r ", "K7M.P4R"])
def test_however_it_is_written_it_is_the_same_code(said):
    assert read_code(said) == "K7MP4R"


@pytest.mark.parametrize(
    "said", ["", "K7MP4", "K7MP4RR", "K7MP0R", "K7MPIR", "'; drop", "K7MP4é", "K" * 5000, "K7M\x00P4R"]
)
def test_what_cannot_be_a_code_is_none(said):
    assert read_code(said) is None


def test_the_hash_is_the_one_the_phone_sends():
    assert code_hash("K7MP4R") == "2e103198f078297307278ed780a548f0ddfe93b809f9d96d66ecfc443a1eb1d4"
