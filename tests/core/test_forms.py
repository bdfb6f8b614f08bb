"""Kinds of fields that every room uses, and where a refusal's sentences come to stand."""

import re

import pytest
from flask import Flask
from flask_babel import Babel, force_locale
from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length

from shadowing.core.forms import ChoiceField, PageForm, WholeNumberField, both, put_errors, sent
from shadowing.core.problems import Problem
from tests.support.server import ROOT


class Sample(Form):
    many = WholeNumberField(least=1, most=100)
    needed = WholeNumberField(least=1, most=100, needed=True, wrong="How many?")
    slug = ChoiceField(known={"here": "Here", "there": "There"}, wrong="One of these.")
    hint = ChoiceField(known={"here": "Here"})
    name_en, name_zh = StringField(), StringField(name="its-name_zh")


def sample(*said):
    form = Sample(MultiDict([("needed", "7"), ("slug", "here"), *said]))
    return form, form.validate()


@pytest.mark.parametrize(("said", "number"), [("7", 7), (" 100 ", 100), ("007", 7), ("", None)])
def test_a_whole_number(said, number):
    form, fine = sample(("many", said))

    assert fine and form.many.data == number


@pytest.mark.parametrize("said", ["0", "101", "-1", "1.5", "1e2", "٣", "²", "9" * 400, "\x00", "1\x00"])
def test_what_is_none_is_refused_and_shown_again(said):
    form, fine = sample(("many", said))

    assert not fine and form.many.errors == ["Write a whole number from 1 to 100."] and form.many._value() == said


@pytest.mark.parametrize("said", ["", " ", "x", "0"])
def test_one_that_is_needed_has_its_own_sentence(said):
    form = Sample(MultiDict({"needed": said, "slug": "here"}))

    assert not form.validate() and form.needed.errors == ["How many?"]


def test_of_a_closed_list():
    assert sample(("hint", "x"))[0].hint.data == ""
    form = Sample(MultiDict([("needed", "7"), ("slug", "x"), ("slug", "here")]))
    assert not form.validate() and form.slug.errors == ["One of these."]


def test_one_language_is_enough():
    form, _fine = sample(("its-name_zh", "名"))

    assert both(form, "name") == {"en": "名", "zh": "名"} and both(sample()[0], "name") is None


def test_what_was_not_sent_is_not_there():
    assert sent(sample(("name_en", ""))[0]) == {"slug": "here", "name_en": ""}


def test_each_sentence_of_a_refusal_stands_at_its_field_and_else_over_the_form():
    form, _fine = sample()

    put_errors(form, Problem("invalid", [("its-name_zh", "Long."), ("owner", "Who?"), ("x", "No.")]), {"owner": "slug"})

    assert (form.name_zh.errors, form.slug.errors, form.form_errors) == (["Long."], ["Who?"], ["No."])
    put_errors(form, Problem("stale"))
    assert form.form_errors[1].startswith("Somebody changed this meanwhile.")


class Chosen(PageForm):
    one = SelectField(choices=["a"])
    number = SelectField(choices=[1], coerce=int)
    some = SelectMultipleField(choices=["a"])
    short = StringField(validators=[Length(max=200)])


@pytest.mark.parametrize(
    ("locale", "choose", "too_long"),
    [
        ("en", "Choose one of the list.", "This is too long; 200 signs at most."),
        ("zh_Hans_CN", "请从列表中选择。", "太长了；最多 200 字。"),
    ],
)
def test_what_wtforms_says_by_itself_comes_in_the_language_of_the_reader(locale, choose, too_long):
    app = Flask("shadowing")
    Babel(app)
    made_by_hand = MultiDict([("one", "b"), ("number", "b"), ("some", "b"), ("some", "c"), ("short", "x" * 201)])
    with app.test_request_context(), force_locale(locale):
        form = Chosen(made_by_hand)
        form.validate()

        assert form.errors == {"one": [choose], "number": [choose], "some": [choose], "short": [too_long]}


def test_every_form_of_a_page_has_this_base():
    direct = re.compile(r"^class (\w+)\(Form\)", re.M)
    found = [name for path in (ROOT / "shadowing").rglob("*.py") for name in direct.findall(path.read_text())]

    assert found == ["PageForm"]
