"""The look at a page sees what it should."""

import pytest

from tests.support.markup import Markup, complaints

GOOD = "<!doctype html><html lang=en><head><title>A</title></head><body><main><h1>A</h1>{}</main></body></html>"


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        ("", ""),
        ("<h1>B</h1>", "headings"),
        ("<i id=a></i><i id=a></i>", "stands twice"),
        ("<input name=a>", "has no label"),
        ("<button></button>", "has no label"),
        ("<p style='color:red'>", "has style="),
        ("<p onclick='x()'>", "has onclick="),
        ("<script>x()</script>", "stands inline"),
        ("<img src=/a.png>", "has no alt"),
        ("<label for=b>B</label>", "which is not there"),
        ("<b>B", "never closed"),
        ("</b>", "closes nothing"),
        ("<a href='https://elsewhere.example'>B</a>", "leads elsewhere"),
        ("%(name)s", "left over"),
    ],
)
def test_the_look_at_a_page_sees_what_it_should(fault, seen):
    found = complaints(Markup(GOOD.format(fault)), "en")

    assert any(seen in why for why in found) if seen else found == []
