"""The demonstration is there in both languages: all that people said and wrote in it, and their names."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from shadowing.app import create_app
from shadowing.cli.setting_up import language_of_terminal
from shadowing.core.database import db
from shadowing.journeys import packs
from shadowing.journeys.editing import touchpoints
from shadowing.journeys.models import Area
from shadowing.operations.demo import cast, decisions, load, planned, scenes
from shadowing.operations.demo.walks import walks
from shadowing.people.accounts import find_person
from shadowing.visits.models.visit import Observation
from tests.support.markup import Markup

HAN = re.compile(r"[\u3400-\u9fff]")
#: Three words in a row are a sentence, or part of one. What is named so in every language stays.
ENGLISH = re.compile(r"[A-Za-z’']{2,}(?:[ ,.]+[A-Za-z’']+){2,}")
WORDED = ("quote", "note", "label", "purpose", "customer_label")
SWITCHES = {"en": "要看中文的演示：make demo SHADOWING_DEMO=zh", "zh": "In English: make demo SHADOWING_DEMO=en"}
NAMES = re.compile("客户画像|客户体验指数")
SPEAKS = {"en": "en", "zh": "zh-CN"}


def written(part):
    """Every {en, zh} below: of scenes, stories, promises, plans."""
    if isinstance(part, dict) and part.keys() == {"en", "zh"}:
        yield part
    elif isinstance(part, dict | list | tuple):
        for each in part.values() if isinstance(part, dict) else part:
            yield from written(each)


def all_that_is_said():
    scene_words = [each for scene in scenes.SCENES.values() for each in written((scene.quotes, scene.notes))]
    others = (scenes.PURPOSES, scenes.LABELS, scenes.OFF_THE_MAP, decisions.STORIES, decisions.PROMISES)
    return [*scene_words, *written((*others, planned.AHEAD, load.TODAY, load.INVITED))]


def test_everything_is_written_in_both_languages():
    said = all_that_is_said()

    assert len(said) > 50
    for words in said:
        assert words["en"].strip() and not HAN.search(words["en"]), words
        assert HAN.search(words["zh"]) and not ENGLISH.search(words["zh"]), words
        assert words["zh"].count("。") + 1 >= words["en"].count(". ") + words["en"].endswith("."), words
    assert all(HAN.match(member.chinese) and not HAN.search(member.name) for member in cast.MEMBERS)


def test_nothing_is_said_in_one_language_only():
    for scene in scenes.SCENES.values():
        assert len(list(written(scene.quotes))) == len(scene.quotes)
        assert len(list(written(scene.notes))) == len(scene.notes)
    steps = [step for story in decisions.STORIES.values() for _, step in story]
    assert all(list(written(step[name])) for step in steps for name in decisions.WRITTEN if name in step)
    assert all(list(written(row)) for row in decisions.PROMISES)


@pytest.fixture(scope="module", params=SPEAKS)
def house(request, tmp_path_factory):
    """The demonstration in the language that is set or, before that, asked for; and its administrator who reads it."""
    settings = {"SHADOWING_SECRET_KEY": "test", "SHADOWING_DEMO": "zh"}
    app = create_app(settings, instance=str(tmp_path_factory.mktemp(request.param)))
    asked = [] if request.param == "zh" else ["--language", "en"]
    loaded = app.test_cli_runner().invoke(args=["demo", *asked])
    assert loaded.exit_code == 0 and SWITCHES[request.param] in loaded.stdout
    with app.app_context():
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = find_person("max@demo.example").get_id(), True
    yield app, client, request.param
    with app.app_context():
        db.engine.dispose()


def addresses(app):
    with app.app_context():
        areas = list(db.session.scalars(db.select(Area.id).join(Observation).distinct().order_by(Area.id)))
        noted = db.session.scalars(db.select(decisions.Improvement.id).order_by(decisions.Improvement.id))
        items = [f"/improvements/{id}" for id in noted]
    seen = [f"/areas/{id}{page}" for id in areas for page in ("", "/observations")]
    return ["/areas", "/improvements", "/summary", "/promises", "/plan", "/participation", "/people", *seen, *items]


def foreign(text, language):
    return ENGLISH.search(text) if language == "zh" else HAN.search(text.replace("中文", ""))


def test_no_page_says_a_sentence_in_the_other_language(house):
    app, client, language = house
    found, shown = [], ""
    promises = re.findall(r'href="(/promises\?p=[^"#]+)', client.get("/promises").text)
    for path in [*addresses(app), *map(unescape, promises)]:
        answer = client.get(path, headers={"Accept-Language": SPEAKS[language]})
        assert answer.status_code == 200, path
        shown += answer.text
        texts = re.findall(r">([^<>]+)<", Markup(answer.text).source)
        found += [f"{path}: {' '.join(text.split())}" for text in texts if foreign(text, language)]

    assert found == []
    said = [words[language] for words in written((decisions.STORIES, decisions.PROMISES))]
    assert [words for words in said if words not in shown] == []
    assert sum(words[language] in shown for scene in scenes.SCENES.values() for words, _ in scene.quotes) > 5


def test_pages_of_a_hospital_call_patients_patients(house):
    """The lenses of improvements are the method's words, and 客户画像 and 客户体验指数 are names."""
    app, client, language = house
    found = []
    for path in addresses(app):
        if path.startswith("/improvements"):
            continue
        text = client.get(path, headers={"Accept-Language": SPEAKS[language]}).text
        text = NAMES.sub("", re.sub("<script.*?</script>|<[^>]*>", " ", text, flags=re.S))
        found += [f"{path}: {said}" for said in re.findall("[^\n]*(?:customer|客户)[^\n]*", text, re.I)]

    assert found == []


def test_what_is_seen_does_not_depend_on_the_language():
    """Only words differ; ratings, waits and places are the same visits."""
    pack = packs.load(load.PACK)
    for _, touchpoint in touchpoints(pack):
        touchpoint["id"] = touchpoint["key"]
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    shadowers = [member for member in cast.MEMBERS if member.leniency is not None]
    english, chinese = (
        [asdict(each) for each in walks(pack, 1, [1, 2, 3], [1], shadowers, now, now - timedelta(days=20), language)]
        for language in ("en", "zh")
    )

    assert english != chinese
    assert [without_words(each) for each in english] == [without_words(each) for each in chinese]


def without_words(part):
    if isinstance(part, dict):
        return {name: without_words(each) for name, each in part.items() if name not in WORDED}
    return [without_words(each) for each in part] if isinstance(part, list) else part


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_GB"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_without_a_word_it_speaks_as_the_terminal(environment, language):
    assert language_of_terminal(environment) == language
