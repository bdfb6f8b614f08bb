"""The organisation's colour: white letters on it can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowing.administration.brand_colour import NEEDED, BadColour, contrast_with_white, parse, readable


@pytest.mark.parametrize(("colour", "contrast"), [("#000000", 21), ("#ffffff", 1), ("#777777", 4.48)])
def test_contrast_as_wcag_defines_it(colour, contrast):
    assert contrast_with_white(colour) == pytest.approx(contrast, abs=0.005)


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_has_a_readable_one(number):
    colour = f"#{number:06x}"

    offered = readable(colour)

    assert contrast_with_white(offered) >= NEEDED
    assert offered == colour or contrast_with_white(colour) < NEEDED


@pytest.mark.parametrize(("said", "meant"), [("#ABC", "#aabbcc"), (" 07505A ", "#07505a")])
def test_colours_as_people_write_them(said, meant):
    assert parse(said) == meant


@pytest.mark.parametrize("said", ["", "red", "#12345", "#gggggg", "#07505a;x"])
def test_what_is_no_colour(said):
    with pytest.raises(BadColour):
        parse(said)
