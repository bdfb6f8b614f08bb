"""People: who is listed, changed, ended; posters and the accounts they make."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.vocabulary import SERVED, Words
from shadowing.people.accounts import add_token, find_person, name_organisation
from shadowing.people.models import AuditEntry, Invitation, Person
from tests.conftest import CAST, person, site
from tests.support.fields import error_at, typed_in

POSTER = {"name": "Nursing, autumn", "role": "observer", "uses": "3", "days": "14", "department": ""}
MARA = {"name": "Mara Teixeira", "email": "Mara@Test.example", "password": "blue ladder soup"}


def page(answer):
    return answer.get_data(as_text=True)


def poster(client, **said):
    """The address of a new poster."""
    answer = client.post("/people/invitations", data={**POSTER, **said})
    assert answer.status_code == 303, page(answer)
    return re.search(r'value="http://localhost(/join/[^"]+)"', page(client.get(answer.location)))[1]


def found(email):
    db.session.rollback()
    return find_person(email)


def change(name, **fields):
    with writing():
        db.session.rollback()
        one = person(name)
        for field, value in fields.items():
            setattr(one, field, value)
        db.session.commit()
        return one.id


def test_the_list_says_who_may_do_what(anna):
    shown = page(anna.get("/people"))

    assert "5 people from 1 of 1 departments" in shown
    for deed in ("observe", "lead", "read and decide", "administer"):
        assert deed in shown


def test_a_department_without_anybody_is_named(anna):
    anna.post("/departments", data={"name_en": "Finance & <b>Facilities</b>", "name_zh": "财务部"})

    assert "Nobody yet from Finance &amp; &lt;b&gt;Facilities&lt;/b&gt;" in page(anna.get("/people"))


@pytest.mark.parametrize(
    ("wanted", "who"),
    [
        ("role=lead", {"Lena"}),
        ("find=OL", {"Olga"}),
        ("find=test.example&role=executive", {"Emil"}),
        ("find=%25", set()),
        ("site=99999999999999999999", {"Anna", "Emil", "Lena", "Olga", "Otto"}),
        ("role=nobody&department=x", {"Anna", "Emil", "Lena", "Olga", "Otto"}),
    ],
)
def test_the_list_can_be_narrowed(anna, wanted, who):
    shown = page(anna.get(f"/people?{wanted}"))

    assert {name.title() for name in CAST if f'<b class="strong">{name.title()}</b>' in shown} == who


def test_a_poster_makes_an_account_that_walks_at_once(anna, as_):
    address = poster(anna, sites=["1"])
    visitor = as_(None)

    assert "Nursing, autumn" in page(visitor.get(address))
    assert visitor.post(address, data=MARA).location == "/"

    mara = found("mara@test.example")
    assert (mara.role, [each.id for each in mara.sites]) == ("observer", [1])
    assert visitor.get("/").location == "/app"
    assert as_(None).post("/sign-in", data=MARA).location == "/"


@pytest.mark.parametrize("served", sorted(SERVED))
def test_a_poster_for_whomever_we_serve(anna, served):
    with writing():
        name_organisation(Words(en="Our house", zh="本院"), "UTC").served = served
        db.session.commit()

    assert poster(anna).startswith("/join/")
    person = SERVED[served]
    for language, word in (("en", f"with a {person['en']['one']}<"), ("zh-CN", f"来和一位{person['zh']}同行")):
        assert word in anna.get("/people/invitations/1", headers={"Accept-Language": language}).text


def test_a_poster_is_used_up(anna, as_):
    address = poster(anna, uses="1")
    as_(None).post(address, data=MARA)

    answer = as_(None).post(address, data={**MARA, "email": "other@test.example"})

    assert answer.status_code == 410
    assert "used or is over" in page(answer)
    assert found("other@test.example") is None


@pytest.mark.parametrize("how", ["ended", "late"])
def test_a_poster_ends(anna, as_, how):
    address = poster(anna)
    if how == "ended":
        anna.post("/people/invitations/1/end")
    else:
        with writing():
            db.session.rollback()
            db.session.get(Invitation, 1).ends_at = clock.now() - timedelta(seconds=1)
            db.session.commit()

    assert as_(None).get(address).status_code == 410
    assert as_(None).post(address, data=MARA).status_code == 410


def test_the_last_use_is_taken_once(anna, as_, app):
    """Two scan the last one at once: whoever comes second is told, and no account is made."""
    address = poster(anna, uses="1")
    with writing():
        db.session.rollback()
        db.session.get(Invitation, 1).used = 1
        db.session.commit()

    assert as_(None).post(address, data=MARA).status_code == 410


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "\x00\u200b ", "Fill in your name"),
        ("email", "mara", "Add the part after the @"),
        ("email", "olga@test.example", "has an account already"),
        ("password", "1234567890", "easily guessed"),
        ("name", "x" * 121, "at most 120"),
    ],
)
def test_joining_says_what_needs_another_look_and_uses_nothing_up(anna, as_, field, value, sentence):
    address = poster(anna, uses="1")

    answer = as_(None).post(address, data={**MARA, field: value})

    assert answer.status_code == 422
    assert sentence in page(answer)
    assert as_(None).post(address, data=MARA).status_code == 303


@pytest.mark.parametrize("code", ["", "x", "x" * 3000, "..%2f..", "%00"])
def test_codes_that_are_none(as_, code):
    assert as_(None).get(f"/join/{code}").status_code in (404, 410)


@pytest.mark.parametrize(
    ("field", "value"),
    [("uses", "0"), ("uses", "501"), ("uses", "many"), ("days", "9"), ("role", "admin"), ("name", "")],
)
def test_posters_have_limits(anna, field, value):
    assert anna.post("/people/invitations", data={**POSTER, field: value}).status_code == 422


def test_what_is_wrong_with_a_poster_stands_at_its_field(anna):
    answer = anna.post("/people/invitations", data={**POSTER, "uses": "many", "name": "Nursing"})

    assert error_at(answer, "uses") == "Fill in a number from 1 to 500."
    assert (typed_in(answer, "uses"), typed_in(answer, "name"), error_at(answer, "name")) == ("many", "Nursing", "")


def test_leads_invite_observers_to_their_own_sites(lena, as_):
    with writing():
        db.session.rollback()
        person("lena").sites = [site(1)]
        db.session.commit()

    assert lena.post("/people/invitations", data={**POSTER, "role": "lead"}).status_code == 422
    assert lena.post("/people/invitations", data={**POSTER, "sites": ["1"]}).status_code == 422
    as_(None).post(poster(lena), data=MARA)

    assert [each.id for each in found("mara@test.example").sites] == [site(1).id]


def test_leads_change_nobody(lena):
    shown = page(lena.get("/people"))

    assert "change or end" not in shown
    assert lena.get("/people/1").status_code == 403


def test_an_added_person_chooses_a_password_by_a_link_once(anna, as_):
    answer = anna.post("/people/new", data={"name": "Dr Huang", "email": "huang@test.example", "role": "executive"})
    shown = page(anna.post(f"{answer.location}/link"))
    address = re.search(r'value="http://localhost(/password/[^"]+)"', shown)[1]
    visitor = as_(None)

    assert "huang@test.example" in page(visitor.get(address))
    assert visitor.post(address, data={"password": "short"}).status_code == 422
    assert visitor.post(address, data={"password": "blue ladder soup"}).location == "/"
    assert visitor.get("/").location == "/summary"
    assert as_(None).post(address, data={"password": "another ladder soup"}).status_code == 410


def test_who_was_asked_and_did_not_come_is_marked(anna):
    change("olga", last_seen_at=None, password_hash=None)

    assert "invited" in page(anna.get("/people?find=olga"))


def test_a_changed_role_counts_at_once(anna, as_):
    otto = as_("otto")
    assert otto.get("/areas").status_code == 403
    form = {"name": "Otto", "email": "otto@test.example", "role": "lead", "locale": "zh", "sites": ["2"]}

    assert anna.post(f"/people/{person('otto').id}", data=form).status_code == 303

    assert otto.get("/areas").status_code == 200
    assert found("otto@test.example").locale == "zh"


def test_two_people_cannot_share_an_address(anna):
    form = {"name": "Otto", "email": "olga@test.example", "role": "observer"}

    answer = anna.post(f"/people/{person('otto').id}", data=form)

    assert answer.status_code == 422
    assert "has an account already" in page(answer)


def test_an_ended_account_is_out_everywhere_and_may_come_back(anna, as_):
    olga, id = as_("olga"), person("olga").id
    with writing():
        db.session.rollback()
        token = add_token(person("olga"), "robot")
        db.session.commit()

    anna.post(f"/people/{id}/end")

    assert olga.get("/api/v1/carry").status_code == 401
    assert as_(None).get("/api/v1/carry", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert "Olga" not in page(anna.get("/people")).split("<table", 1)[1]
    anna.post(f"/people/{id}/return")
    assert found("olga@test.example").is_active
    assert as_(None).get("/api/v1/carry", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_the_last_administrator_stays(anna):
    id = person("anna").id
    form = {"name": "Anna", "email": "anna@test.example", "role": "lead"}

    assert anna.post(f"/people/{id}", data=form).status_code == 422
    anna.post(f"/people/{id}/end")

    assert found("anna@test.example").is_active
    assert "Somebody must administer" in page(anna.get(f"/people/{id}"))


def test_who_was_here_lately_is_known_from_any_page(anna, as_):
    change("emil", last_seen_at=None)

    as_("emil").get("/summary")

    assert clock.now() - found("emil@test.example").last_seen_at < timedelta(minutes=1)


def test_what_administrators_do_is_in_the_trail(anna, as_):
    as_(None).post(poster(anna), data=MARA)
    anna.post(f"/people/{person('olga').id}/end")

    db.session.rollback()
    done = [entry.action for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert done == ["invite", "join", "end"]
    joined = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "join")).one()
    assert joined.details == {"invitation": 1}
    assert db.session.get(Person, int(joined.subject_id)).name == "Mara Teixeira"


def test_a_poster_says_when_its_address_may_be_this_readers_alone(anna, app):
    anna.post("/people/invitations", data=POSTER)
    assert "the one you opened this page by" in page(anna.get("/people"))

    app.config["SHADOWING_BASE_URL"] = "https://shadow.example"
    assert "the one you opened this page by" not in page(anna.get("/people"))


def test_who_sees_all_sites_by_their_role_stands_so_in_the_list(anna):
    anna.post("/people/new", data={"name": "Dr Huang", "email": "huang@test.example", "role": "executive"})
    anna.post("/people/new", data={"name": "Kim", "email": "kim@test.example", "role": "lead"})

    shown = page(anna.get("/people"))
    assert re.search(r"Dr Huang.*?<td class=\"small\">All 2</td>", shown, re.S)
    assert re.search(r"Kim</b>.*?<td class=\"small\">none</td>", shown, re.S)
