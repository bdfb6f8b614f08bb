"""What is said of people follows from who is here and where they belong."""

import pytest

from shadowing.administration.figures import PeoplePage
from shadowing.administration.wording import (
    about_the_password,
    how_many_people,
    last_here,
    mail_was_taken,
    named_sites,
    trial_mail,
)
from shadowing.core.sentences import plain


def page(total, departments=0, with_people=0):
    return PeoplePage((), total, total, departments, with_people, "", ())


@pytest.mark.parametrize(
    ("shown", "english", "chinese"),
    [
        (page(1), "One person.", "1 人。"),
        (page(1200, 9, 7), "1,200 people from 7 of 9 departments.", None),
    ],
)
def test_people_are_counted(shown, english, chinese):
    assert plain(how_many_people(shown), "en") == english
    assert chinese is None or plain(how_many_people(shown), "zh") == chinese


@pytest.mark.parametrize(
    ("everywhere", "names", "how_many", "said"),
    [
        (True, "", 3, "All 3"),
        (True, "", 1, "all"),
        (False, "Lisbon and Porto", 3, "Lisbon and Porto"),
        (False, "", 3, "none"),
    ],
)
def test_sites_are_named(everywhere, names, how_many, said):
    assert plain(named_sites(everywhere, names, how_many), "en") == said


@pytest.mark.parametrize(
    ("days", "now", "said"),
    [(None, False, "not yet"), (0, True, "now"), (0, False, "today"), (1, False, "yesterday"), (2, False, "20 Nov")],
)
def test_the_last_time_is_said_as_people_say_it(days, now, said):
    assert plain(last_here(days, now, "20 Nov"), "en") == said


def test_shortly_after_midnight_somebody_of_yesterday_is_still_here():
    assert plain(last_here(1, True, "20 Nov"), "en") == "now"


def test_the_test_mail_is_whole_in_both_languages():
    subject, text = trial_mail()

    assert plain(subject, "en") == "A test mail from Shadowing" and plain(text, "en").endswith("say that it came.")
    assert plain(subject, "zh") == "Shadowing 测试邮件" and plain(text, "zh") != plain(text, "en")


def test_what_the_password_and_the_test_mail_are_told_by():
    assert plain(about_the_password("Lena", True), "en").startswith("Nobody here can see a password.")
    assert plain(about_the_password("Lena", False), "en") == "Lena has none yet. A link lets them choose one."
    assert plain(mail_was_taken("a@b.example", False), "en").endswith("was taken, not encrypted. Has it come?")
    assert plain(mail_was_taken("a@b.example", True), "en").endswith("was taken, encrypted. Has it come?")
