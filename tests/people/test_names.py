"""Names as people write them, through the forms that take them."""

import pytest

from shadowing.people.accounts import find_person
from tests.conftest import person


@pytest.mark.parametrize(
    ("written", "kept"),
    [("王\u3000芳", "王 芳"), ("Anne\u00a0Marie", "Anne Marie"), ("क्‍षमा", "क्‍षमा"), ("Ana 👩‍⚕️", "Ana 👩‍⚕️")],
)
def test_a_name_is_kept_as_it_was_written(olga, written, kept):
    answer = olga.post("/account", data={"name": written})

    assert answer.status_code == 200
    assert "left out" not in answer.get_data(as_text=True)
    assert person("olga").name == kept


def test_what_turns_text_goes_and_it_is_said(anna):
    person_form = {"name": "Mara\u202e nimdA", "email": "mara@test.example", "role": "observer", "all_sites": "y"}
    answer = anna.post("/people/new", data=person_form)

    assert "turn its direction were left out" in anna.get(answer.location).get_data(as_text=True)
    assert find_person("mara@test.example").name == "Mara nimdA"
