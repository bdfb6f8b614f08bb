"""The track of an improvement and what the backlog's first sentence counts."""

from datetime import UTC, datetime

from shadowing.backlog.figures import BacklogPage, Lenses, ListedItem, steps

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def item(identity, state="proposed", place="Payment", owner=None):
    return ListedItem(identity, state, NOW, {"en": place, "zh": "缴费"}, owner)


def positions(state):
    return [step.position for step in steps(state, {})]


def test_the_track():
    assert positions("proposed") == ["now", "to", "to", "to", "to", "to"]
    assert positions("verifying") == ["done", "done", "done", "done", "now", "to"]
    assert positions("verified") == ["done"] * 6
    assert positions("reopened")[1] == "now"
    assert steps("accepted", {"proposed": NOW, "shipped": NOW})[0].at == NOW


def test_counts_of_the_first_sentence():
    page = BacklogPage((item("1"), item("2", owner=1), item("3", "verifying"), item("4", "verified", "Greeting")))
    assert (len(page.open), page.waiting_for_proof, page.unowned) == (3, 1, 2)
    assert page.crowded == ({"en": "Payment", "zh": "缴费"}, 3)


def test_who_pulls_apart():
    assert Lenses({"customer": 1.0, "brand": 0.5, "business": -0.5}, "conflict").pulling == ("customer", "business")
