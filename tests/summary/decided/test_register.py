"""Decisions on promises stand in the same register as those on improvements."""

from tests.authoring.promises.test_register import decide, seen


def test_a_decision_on_a_promise_stands_in_the_register(lena, olga, app, journey):
    seen(olga, app, journey, 0, 6)
    assert decide(lena, journey, words="A third window at noon.").status_code == 303

    page = lena.get("/decisions").get_data(as_text=True)

    assert all(text in page for text in ("Never more than three in line", "Keep it", "A third window at noon.", "Lena"))
    assert "none cited" in page and "1 of 1" not in page
