"""Decisions on promises stand in the same register as those on improvements."""

from tests.authoring.promises.test_register import decide, seen


def test_a_decision_on_a_promise_stands_in_the_register(lena, olga, app, journey):
    seen(olga, app, journey, 0, 6)
    assert decide(lena, journey, words="A third window at noon.").status_code == 303

    page = lena.get("/decisions").get_data(as_text=True)

    assert all(text in page for text in ("Never more than three in line", "Keep it", "A third window at noon.", "Lena"))
    assert "kept 0, broken 6 times" in page and "1 of 1" not in page


def test_the_register_is_filtered_taken_away_and_read_by_programs(lena, olga, emil, app, journey):
    seen(olga, app, journey, 0, 6)
    decide(lena, journey, words="=A third window at noon.")

    assert "None of these." in lena.get("/decisions?answer=no").get_data(as_text=True)
    assert lena.get("/decisions?decision=x9").status_code == 404
    table = emil.get("/decisions.csv").get_data(as_text=True)
    assert "'=A third window at noon." in table and "kept 0, broken 6 times" in table
    told = emil.get("/api/v1/decisions?answer=yes").get_json()["decisions"]
    assert [(each["option"], each["decided_by"], each["cited"]) for each in told] == [
        ("keep", "Lena", {"kept": 0, "broken": 6})
    ]
    assert olga.get("/api/v1/decisions").status_code == 403
