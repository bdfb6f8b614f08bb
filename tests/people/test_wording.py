"""The letter with the link says whose it is, how long it works and what to do if it was not asked for."""

from shadowing.core.sentences import plain
from shadowing.people.wording import new_password

HOUSE = {"en": "Riverside", "zh": "滨江医院"}


def test_the_letter_with_the_link_is_whole_in_both_languages():
    subject, text = new_password("Wei", HOUSE, 24, "https://a.test/password/abc")

    assert plain(subject, "en") == "Your password for Shadowing at Riverside"
    assert plain(text, "en").startswith("Hello Wei,\n\nsomebody, most likely you, asked for a new password")
    assert "within 24 hours:\n\nhttps://a.test/password/abc\n\nIf it was not you" in plain(text, "en")
    assert "滨江医院" in plain(subject, "zh") and "Riverside" not in plain(text, "zh")
    assert "\n\nhttps://a.test/password/abc\n\n" in plain(text, "zh")


def test_a_name_written_from_right_to_left_never_turns_the_letter():
    _, text = new_password("שלום", HOUSE, 24, "https://a.test")

    assert plain(text, "en").startswith("Hello \u2068שלום\u2069,")
