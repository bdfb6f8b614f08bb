"""The title of an improvement in a second language: said once, read by whoever reads that language, and taken back."""

import pytest

from shadowing.backlog.models import Improvement
from shadowing.backlog.notices.letters import owner_letter
from shadowing.core.database import db, writing
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401
from tests.conftest import person
from tests.support.fields import error_at, typed_in

ENGLISH, CHINESE = "One queue, five windows", "五个窗口排一条队"


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def speak(name, language):
    with writing():
        person(name).locale = language
        db.session.commit()


@pytest.fixture
def named(failing, lena):  # noqa: F811
    assert patch(lena, failing, title=ENGLISH, titles={"zh": CHINESE}).status_code == 200
    return fresh(failing)


def send(client, item, **fields):
    return client.post(f"/improvements/{item.id}", data={"revision": item.revision, **fields})


def test_each_reader_is_told_it_in_their_language_and_in_the_other_rather_than_not_at_all():
    both = Improvement(title=ENGLISH, titles={"zh": CHINESE})
    assert (both.title_in("en"), both.title_in("zh")) == (ENGLISH, CHINESE)
    assert Improvement(title=ENGLISH).title_in("zh") == ENGLISH
    assert Improvement(titles={"zh": CHINESE}).title_in("en") == CHINESE
    assert Improvement(title=CHINESE, titles={"en": ENGLISH}).title_in("en") == ENGLISH
    assert (Improvement().names, Improvement().title_in("en")) == (None, None)


@pytest.mark.parametrize(
    "path",
    [
        "/improvements",
        "/improvements?view=board",
        "/improvements/{id}",
        "/improvements/{id}/live",
        "/improvements/triage",
        "/improvements.csv",
        "/improvements?find=五个窗口",
        "/areas/{area}",
    ],
)
def test_every_page_says_it_in_the_language_of_who_reads(named, lena, path):
    address = path.format(id=named.id, area=named.area_id)
    english = text_of(lena, address)
    speak("lena", "zh")
    chinese = text_of(lena, address)

    assert ENGLISH in english
    assert CHINESE in chinese


def test_mine_summary_and_the_phone_say_it_too(named, lena, emil, olga):
    patch(lena, named, state="accepted", owner=str(person("olga").id))
    with writing():
        db.session.get(Improvement, named.id).state = "verified"
        db.session.commit()
    for name in ("lena", "emil", "olga"):
        speak(name, "zh")

    assert CHINESE in text_of(olga, "/improvements/mine")
    assert CHINESE in text_of(emil, "/summary")
    assert CHINESE in text_of(emil, "/why")
    assert olga.get("/api/v1/echo").get_json()["items"][0]["title"] == CHINESE
    speak("olga", "en")
    assert olga.get("/api/v1/echo").get_json()["items"][0]["title"] == ENGLISH


def test_a_letter_speaks_the_language_of_who_gets_it(named):
    speak("olga", "zh")
    given = {"why": "given", "by": "Lena"}
    assert CHINESE in owner_letter(named, person("olga"), given)[0]
    speak("olga", "en")
    assert ENGLISH in owner_letter(named, person("olga"), given)[1]


def test_other_programs_get_the_title_as_it_was_written_and_the_others_beside_it(named, lena):
    document = lena.get(f"/api/v1/improvements/{named.id}").get_json()
    assert (document["title"], document["titles"]) == (ENGLISH, {"zh": CHINESE})
    assert patch(lena, named, titles=None).get_json()["titles"] == {}
    for wrong in ({"fr": "Une file"}, {"zh": "长" * 201}, "zh"):
        assert patch(lena, fresh(named), titles=wrong).status_code == 422


def test_the_form_says_it_and_the_history_tells_it_and_it_is_taken_back(named, lena):
    send(lena, named, title=ENGLISH, title_en="", title_zh="一条队")
    page = text_of(lena, f"/improvements/{named.id}").replace("\u2068", "").replace("\u2069", "")
    assert "Lena named it “一条队” in Chinese." in page and "Undo" in page

    assert lena.post(f"/improvements/{named.id}/undo", data={"revision": fresh(named).revision}).status_code == 303

    assert fresh(named).titles == {"zh": CHINESE}
    send(lena, fresh(named), title_en="", title_zh="")
    assert fresh(named).titles is None
    page = text_of(lena, f"/improvements/{named.id}").replace("\u2068", "").replace("\u2069", "")
    assert "Lena took its Chinese name away." in page


def test_a_form_without_these_fields_leaves_them(named, lena):
    send(lena, named, title=ENGLISH, owner_id="", due_on="2027-01-31")
    assert fresh(named).titles == {"zh": CHINESE}


def test_too_long_a_name_is_refused_at_its_field_with_what_was_typed(named, lena):
    refused = send(lena, named, title_zh="长" * 201)
    assert (refused.status_code, error_at(refused, "title_zh")) == (422, "This value does not fit this field.")
    assert typed_in(refused, "title_zh") == "长" * 201


def test_taking_a_name_back_never_takes_a_fix_back(named, lena):
    patch(lena, named, state="accepted", owner=str(person("lena").id))
    for state in ("in_progress", "shipped"):
        patch(lena, fresh(named), state=state)
    send(lena, fresh(named), title_zh="一条队")

    assert lena.post(f"/improvements/{named.id}/undo", data={"revision": fresh(named).revision}).status_code == 303

    assert (fresh(named).state, fresh(named).titles) == ("shipped", {"zh": CHINESE})
