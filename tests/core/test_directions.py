"""A name keeps its direction to itself, wherever a template puts it."""

import pytest
from flask import Flask, render_template_string
from flask_babel import gettext
from jinja2 import DictLoader

from shadowing.core.i18n import speak

HEBREW = "שלום"
LTR, OPENED = "Desk (3)", f"\u2068{HEBREW}\u2069"


@pytest.fixture(scope="module")
def app():
    made = Flask(__name__)
    made.config["SHADOWING_BASE_URL"] = ""
    speak(made, lambda: ("en", "zh"), lambda: None)
    return made


def drawn(app, html, **values):
    app.jinja_env.loader = DictLoader({"page.html": html})
    with app.test_request_context():
        return app.jinja_env.get_template("page.html").render(**values)


@pytest.mark.parametrize(
    ("html", "comes_out"),
    [
        ("<b>{{ name }}</b>", f"<b><bdi>{HEBREW}</bdi></b>"),
        ("<b>{{ name if name else 1 }}</b>", f"<b><bdi>{HEBREW}</bdi></b>"),
        ("<b>{{- name -}} </b>", f"<b><bdi>{HEBREW}</bdi></b>"),
        ('<i title="{{ name }}">', f'<i title="{OPENED}">'),
        ("<i title='{{ name }}'>", f"<i title='{OPENED}'>"),
        ('<a href="?a={{ 1 }}" aria-label="{{ name }}">{{ name }}</a>',
         f'<a href="?a=1" aria-label="{OPENED}"><bdi>{HEBREW}</bdi></a>'),
        ('<input value="{{ name }}">', f'<input value="{HEBREW}">'),
        ('<i {% if name %}title="{{ name }}"{% endif %}>{{ name }}', f'<i title="{OPENED}"><bdi>{HEBREW}</bdi>'),
        ("<option>{{ name }}</option>{{ name }}", f"<option>{OPENED}</option><bdi>{HEBREW}</bdi>"),
        ("<svg><text>{{ name }}</text></svg>", f"<svg><text>{OPENED}</text></svg>"),
        ("{% block title %}{{ name }}{% endblock %}<p>{{ name }}</p>", f"{OPENED}<p><bdi>{HEBREW}</bdi></p>"),
        ("<p>{{ [other, name]|join(gettext(', ')) }}</p>", f"<p>{LTR}, <bdi>{HEBREW}</bdi></p>"),
        ("<p>{{ [{'n': other}, {'n': name}]|join(gettext(', '), 'n') }}</p>", f"<p>{LTR}, <bdi>{HEBREW}</bdi></p>"),
        ("<p>{% trans a=name %}Of {{ a }}{% endtrans %}{{ name }}", f"<p>Of {OPENED}<bdi>{HEBREW}</bdi>"),
        ("<textarea>{{ name }}</textarea>", f"<textarea>{HEBREW}</textarea>"),
        ("<p>{{ gettext('Of %(name)s', name=name) }}</p>", f"<p>Of <bdi>{HEBREW}</bdi></p>"),
        ("<p title=\"{{ gettext('Of %(name)s', name=name) }}\">", f'<p title="Of {OPENED}">'),
        ("{% macro m(said) %}<i title=\"{{ said }}\">{{ said }}{% endmacro %}{{ m(gettext('Of %(a)s', a=name)) }}",
         f'<i title="Of {OPENED}">Of <bdi>{HEBREW}</bdi>'),
        ("<p>{{ gettext('%(a)s & co', a='<b>') }}</p>", "<p>&lt;b&gt; & co</p>"),
        ("<p>{{ other }}{{ ngettext('%(num)s of %(a)s', '%(num)s by %(a)s', 2, a=other) }}", f"<p>{LTR}2 by {LTR}"),
        ("<p>{{ turned }}</p>", "<p><bdi>abc</bdi></p>"),
        ("<p>{{ 3 }}{{ nothing }}</p>", "<p>3</p>"),
        ("<!-- <option> -->{{ name }}", f"<!-- <option> --><bdi>{HEBREW}</bdi>"),
    ],
)  # fmt: skip
def test_a_template(app, html, comes_out):
    assert drawn(app, html, name=HEBREW, other=LTR, turned="a\u202ebc") == comes_out


def test_a_sentence_in_python_isolates_what_is_set_into_it(app):
    with app.test_request_context():
        assert gettext("%(name)s came", name=HEBREW) == f"{OPENED} came"
        assert gettext("%(name)s came", name="Ana") == "Ana came"
        assert render_template_string("{{ gettext('a %(n)s', n=name) }}", name=HEBREW) == f"a {OPENED}"


@pytest.mark.parametrize(("spoken", "comes_out"), [("en", "a, &lt;b&gt;"), ("zh", "a、&lt;b&gt;")])
def test_a_template_puts_the_comma_of_the_language_between_the_values_of_a_list(app, spoken, comes_out):
    with app.test_request_context(headers={"Accept-Language": spoken}):
        assert render_template_string("{{ ['a', '<b>']|join(list_comma()) }}") == comes_out
