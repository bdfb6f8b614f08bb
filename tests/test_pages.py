"""Every server page, as everybody who may or may not see it, empty and full, in both languages."""

from __future__ import annotations

import contextvars
import re
from collections import Counter
from functools import cache
from urllib.parse import parse_qsl, urlsplit

import pytest

from shadowing.app import create_app
from shadowing.backlog.models import Improvement
from shadowing.cli.setting_up import migrate_database
from shadowing.core.database import db
from shadowing.core.headers import HEADERS
from shadowing.core.routes import roles_of
from shadowing.core.vocabulary import ROLES
from shadowing.journeys.models import Area
from shadowing.operations.demo.load import load_demo
from shadowing.people.accounts import add_person, find_person
from tests.support.markup import Markup, complaints, drawn_by_script, words_of
from tests.test_templates import catalogue

LANGUAGES = {"en": "en", "zh-CN": "zh-Hans"}
#: Drawn by scripts, so only what holds for those; see tests/browser for the rest.
BY_SCRIPT = ("field.shell",)
#: Nothing that people read; their headers count all the same.
WITHOUT_A_PAGE = ("dist", "icons", "field.worker", "field.manifest", "photos.show", "sounds.play")
#: So many addresses of one shape are looked at.
FEW = 6


@pytest.fixture(scope="module", params=["empty", "demo"])
def house(request, tmp_path_factory):
    """An app with people in every role, without anything else or with the demonstration."""
    app = create_app({"SHADOWING_SECRET_KEY": "test"}, instance=str(tmp_path_factory.mktemp(request.param)))

    def furnish():
        with app.app_context():
            migrate_database()
            if request.param == "demo":
                load_demo()
            for role in ROLES:
                add_person(f"{role}@test.example", f"Test {role}", role, None)
            db.session.commit()
            db.session.remove()

    contextvars.Context().run(furnish)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(params=[None, *ROLES])
def reader(request, house):
    """A client signed in with this role; None = nobody."""
    client = house.test_client()
    if request.param is not None:
        with house.app_context(), client.session_transaction() as session:
            session["_user_id"] = person_of(request.param)
            session["_fresh"] = True
    client.role = request.param
    return client


def person_of(role):
    return find_person(f"{role}@test.example").get_id()


def addresses(app):
    """endpoint -> paths worth a visit, for every page that can be asked for."""
    with app.app_context():
        areas = list(db.session.scalars(db.select(Area.id).order_by(Area.id)))
        items = list(db.session.scalars(db.select(Improvement.id).order_by(Improvement.id)))
    known = {"areas.show": areas[:2] + areas[-1:], "backlog.show": items}
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and "_api" not in rule.endpoint and rule.endpoint not in WITHOUT_A_PAGE:
            ids = known.get(rule.endpoint, []) if rule.arguments else [""]
            found[rule.endpoint] = [re.sub("<.*?>", str(id), rule.rule) for id in ids]
    return found


def visit(client, path, language="en"):
    """A page of ours: its headers are right whatever it is, and nothing failed."""
    answer = client.get(path, headers={"Accept-Language": language})
    assert answer.status_code < 500, f"{path}: {answer.status_code}"
    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value, f"{path}: {name}"
    assert "Cache-Control" in answer.headers
    return answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_as_everybody(house, reader, language):
    found = []
    for endpoint, paths in addresses(house).items():
        for path in paths:
            answer = visit(reader, path, language)
            if answer.mimetype != "text/html" or answer.status_code in (302, 303):
                continue
            markup = Markup(answer.get_data(as_text=True))
            check = drawn_by_script(markup) if endpoint in BY_SCRIPT else complaints(markup, LANGUAGES[language])
            found += [f"{path}: {why}" for why in check]
            if language.startswith("zh"):
                found += [f"{path}: {text!r} is English" for text in texts_of(markup) & english()]
            if reader.role in roles_of(house)[endpoint]:
                assert answer.status_code == 200, path
    assert not found, "\n".join(found[:20])


@cache
def english():
    """What the catalogue says otherwise in Chinese, as far as it stands alone."""
    words = {message.id: message.string for message in catalogue() if isinstance(message.id, str) and message.id}
    told = {said for said, chinese in words.items() if said != chinese and "%(" not in said and said.strip()}
    return told - {"Nursing, autumn"}  # what the demonstration calls an invitation is its own words


def texts_of(markup):
    return {" ".join(each.split()) for each in re.findall(r">([^<>]+)<", markup.source)}


def test_every_way_on_leads_somewhere(house, reader):
    """Filters, sortings, links between pages: followed from the first page until there is nothing new.

    Of addresses that differ in numbers and values only, a few stand for all: weeks have no end.
    """
    language = "zh-CN" if reader.role in ("executive", "admin") else "en"
    waiting, seen, alike = ["/"], set(), Counter()
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith(("/static/", "/photos/")) or alike[shape(path)] >= FEW:
            continue
        seen.add(path)
        alike[shape(path)] += 1
        answer = visit(reader, path, language)
        if answer.status_code in (302, 303):
            waiting.append(answer.location)
            continue
        assert answer.status_code == 200, path
        if answer.mimetype == "text/html":
            waiting += Markup(answer.get_data(as_text=True)).links
    assert seen


def shape(path):
    parts = urlsplit(path)
    return re.sub(r"\d+", "#", parts.path), tuple(sorted(dict(parse_qsl(parts.query))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_there_says_so(reader, language):
    for path in ("/nothing", "/areas/999999", "/improvements/999999"):
        answer = visit(reader, path, language)
        if answer.status_code == 302:
            assert reader.role is None
            continue
        assert answer.status_code in (403, 404), path
        assert complaints(Markup(answer.get_data(as_text=True)), LANGUAGES[language]) == [], path


def test_a_failure_has_a_page_too(house, monkeypatch):
    def fail():
        raise RuntimeError("on purpose")

    monkeypatch.setitem(house.view_functions, "accounts.sign_in", fail)
    for language, lang in LANGUAGES.items():
        answer = house.test_client().get("/sign-in", headers={"Accept-Language": language})

        assert answer.status_code == 500
        assert complaints(Markup(answer.get_data(as_text=True)), lang) == []
        assert "on purpose" not in answer.get_data(as_text=True)
        assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_form_keeps_its_labels(house, language):
    for given in ({}, {"email": "nobody", "password": "x"}, {"email": "a@b.example", "password": "y" * 20}):
        answer = house.test_client().post("/sign-in", data=given, headers={"Accept-Language": language})

        assert answer.status_code == 422
        markup = Markup(answer.get_data(as_text=True))
        assert complaints(markup, LANGUAGES[language]) == []
        assert any(tag.attributes.get("aria-invalid") == "true" for tag in markup.all("input"))


def test_titles_tell_pages_apart(house):
    client = house.test_client()
    with house.app_context(), client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = person_of("lead"), True
    titles = {}
    for endpoint, paths in addresses(house).items():
        answer = client.get(paths[0]) if paths else None
        if answer is not None and answer.status_code == 200 and answer.mimetype == "text/html":
            titles[endpoint] = words_of(Markup(answer.get_data(as_text=True)).one("title"))
    assert len(set(titles.values())) == len(titles), titles
