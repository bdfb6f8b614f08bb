"""Sentences made from figures: whole in both languages, without a request."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from markupsafe import Markup

from shadowing.core.sentences import Duration, gettext, html, in_both, listed, ngettext, plain
from shadowing.core.vocabulary import Words

PLACES = "<b>One area</b> of the journey map nobody has looked at."
MANY_PLACES = "<b>%(num)s areas</b> of the journey map nobody has looked at."
QUEUE = Words(en="The queue", zh="排队")


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (1234567, "1,234,567", "1,234,567"),
        ("as it is", "as it is", "as it is"),
        (QUEUE, "The queue", "排队"),
        (date(2026, 11, 20), "20 Nov", "11月20日"),
        (Duration(370), "6 min 10 s", "6 分 10 秒"),
        (ngettext("One visit", "%(count)s visits", 3, count=3), "3 visits", "3 次随行"),
        ((QUEUE, "Lena"), "The queue, Lena", "排队、Lena"),
        ((gettext("kept"), "Lena"), "kept, Lena", "已兑现，Lena"),
    ],
)
def test_every_kind_of_value_is_written_as_its_reader_writes_it(value, english, chinese):
    assert (plain(listed(value), "en"), plain(listed(value), "zh")) == (english, chinese)


def test_a_moment_is_of_the_day_that_the_reader_has():
    late = datetime(2026, 11, 20, 23, tzinfo=UTC)

    assert plain(listed(late), "en", timezone(timedelta(hours=8))) == "21 Nov"


def test_a_plural_is_chosen_by_its_count():
    one, many = ngettext(PLACES, MANY_PLACES, 1), ngettext(PLACES, MANY_PLACES, 1200)

    assert plain(one, "en") == "One area of the journey map nobody has looked at."
    assert plain(many, "en") == "1,200 areas of the journey map nobody has looked at."
    assert "1,200" in plain(many, "zh") and plain(many, "zh") != plain(many, "en")


def test_a_page_keeps_what_is_strong_and_escapes_what_people_wrote():
    told = gettext("<b>%(name)s</b> is proven.", name="<i>R&D</i>")

    assert html(told, "en") == Markup("<b>&lt;i&gt;R&amp;D&lt;/i&gt;</b> is proven.")
    assert plain(told, "en") == "<i>R&D</i> is proven."


def test_a_value_that_is_a_sentence_stays_strong_and_is_escaped_once():
    inner = gettext("<b>%(name)s</b> is proven.", name="R&D")

    assert html(listed(inner, "A&B"), "en") == Markup("<b>R&amp;D</b> is proven., A&amp;B")


def test_a_value_may_hold_what_looks_like_a_placeholder():
    assert plain(gettext("<b>%(name)s</b> is proven.", name="100 %(x)s"), "en") == "100 %(x)s is proven."


def test_sentences_follow_each_other_without_a_blank_in_chinese_only():
    told = (gettext("It is not settled."), gettext("Nobody has looked."))

    assert in_both(told) == {"en": "It is not settled. Nobody has looked.", "zh": "尚无定论。还没有人看过。"}
    assert html(told, "zh") == Markup("尚无定论。还没有人看过。")
