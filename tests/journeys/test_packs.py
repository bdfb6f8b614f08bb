"""Every shipped pack is whole: both languages everywhere, known slugs, stable unique keys."""

import re

import pytest

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.vocabulary import CHANNELS, FACTORS, LENSES, LEVELS, STAGE_KINDS, STANDARD_KINDS
from shadowing.journeys import packs
from shadowing.journeys.models import Area, Touchpoint
from shadowing.journeys.publishing import create_journey

SLUG = re.compile(r"[a-z][a-z0-9_]*\Z")


@pytest.fixture(params=packs.available())
def pack(request):
    return packs.load(request.param)


def touchpoints(pack):
    return [touchpoint for stage in pack["stages"] for touchpoint in stage["touchpoints"]]


def walk(node, path="pack"):
    yield path, node
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from walk(child, f"{path}.{key}")


def test_the_outpatient_pack_is_there():
    assert "hospital_outpatient" in packs.available()


def test_ten_fields_and_the_inside_are_covered():
    assert set(packs.available()) == {
        "hospital_outpatient",
        "retail_store",
        "restaurant",
        "hotel",
        "bank_branch",
        "call_centre",
        "airline_passenger",
        "car_purchase",
        "car_service",
        "ecommerce_purchase",
        "ecommerce_after_sale",
        "government_centre",
        "internal_service",
    }


def test_before_and_after_the_sale_name_each_other():
    for name in packs.available():
        for other in packs.load(name).get("linked", ()):
            assert name in packs.load(other)["linked"]


def test_an_unknown_pack_says_which_there_are():
    with pytest.raises(packs.UnknownPack, match="hospital_outpatient"):
        packs.load("../secrets")


def test_words_are_filled_in_both_languages(pack):
    for path, node in walk(pack):
        if isinstance(node, dict) and ("en" in node or "zh" in node):
            assert node.get("en", "").strip() and node.get("zh", "").strip(), path
            assert pack["served"] == "shoppers" or "顾客" not in node["zh"], path
            assert re.search(r"[\u4e00-\u9fff]", node["zh"]), path


def test_whoever_is_served_is_called_by_the_packs_own_word(pack):
    """Colleagues whom we serve have customers of their own: whoever waits outside."""
    if pack["served"] in ("customers", "colleagues"):
        return
    for path, node in walk(pack):
        if isinstance(node, dict) and "en" in node:
            assert not re.search("customer|客户", node["en"] + node["zh"], re.I), path


def test_all_four_kinds_of_stage_in_order(pack):
    assert [stage["kind"] for stage in pack["stages"]] == list(STAGE_KINDS)


def test_before_they_contact_us_none_of_our_own_channels(pack):
    for touchpoint in pack["stages"][0]["touchpoints"]:
        assert set(touchpoint["channels"]) <= {"advert", "social", "referral"}


def test_keys_are_unique_slugs(pack):
    keys = [touchpoint["key"] for touchpoint in touchpoints(pack)]
    assert len(keys) == len(set(keys))
    for touchpoint in touchpoints(pack):
        ids = [standard["id"] for standard in touchpoint["standards"]]
        assert len(ids) == len(set(ids)), touchpoint["key"]
        assert all(SLUG.match(slug) for slug in [touchpoint["key"], *ids])


def test_touchpoints_are_complete(pack):
    for touchpoint in touchpoints(pack):
        where = touchpoint["key"]
        assert touchpoint["channels"] and set(touchpoint["channels"]) <= set(CHANNELS), where
        assert set(touchpoint["targets"]) == set(LEVELS), where
        assert all(1 <= target <= 5 for target in touchpoint["targets"].values()), where
        assert set(touchpoint["importance"]) == set(LENSES), where
        assert all(grade in range(1, 6) for grade in touchpoint["importance"].values()), where
        assert len(touchpoint["factors"]) == 5 and set(touchpoint["factors"]) <= set(FACTORS), where
        assert 4 <= len(touchpoint["phrases"]) <= 6, where
        assert touchpoint["volume_per_month"] > 0, where


def test_every_persona_has_needs_and_one_that_is_served(pack):
    """A few, for they are what sets it apart; with none served the map would not be for this persona at all."""
    keys = [persona["key"] for persona in pack["personas"]]
    assert len(keys) == len(set(keys))
    for persona in pack["personas"]:
        assert 1 <= len(persona["needs"]) <= 3, persona["key"]
        assert any(need["at"] for need in persona["needs"]), persona["key"]


def test_a_need_is_one_line_and_served_on_its_own_map(pack):
    places = {touchpoint["key"] for touchpoint in touchpoints(pack)}
    for persona in pack["personas"]:
        keys = [need["key"] for need in persona["needs"]]
        assert len(keys) == len(set(keys)), persona["key"]
        for need in persona["needs"]:
            assert SLUG.match(need["key"]) and set(need["text"]) == {"en", "zh"}, need["key"]
            assert len(need["text"]["en"]) <= 60 and len(need["text"]["zh"]) <= 30, need["key"]
            assert len(need["at"]) == len(set(need["at"])) and set(need["at"]) <= places, need["key"]


def test_the_same_need_has_the_same_key_and_words(pack):
    """Else a gap cannot name for whom the need is served."""
    named = {(need["key"], *need["text"].values()) for persona in pack["personas"] for need in persona["needs"]}

    assert all(len(set(part)) == len(named) for part in zip(*named, strict=True))


def test_standards_say_what_can_be_checked(pack):
    for touchpoint in touchpoints(pack):
        assert touchpoint["standards"], touchpoint["key"]
        for standard in touchpoint["standards"]:
            assert standard["level"] in LEVELS and standard["kind"] in STANDARD_KINDS, standard["id"]
            assert (standard["where"] is not None) == (standard["kind"] == "promise"), standard["id"]
            assert (standard["answer"] is not None) == (standard["kind"] == "probe"), standard["id"]


def test_every_level_and_rating_has_an_anchor(pack):
    assert set(pack["anchors"]) == set(LEVELS)
    assert all(set(lines) == {"1", "2", "3", "4", "5"} for lines in pack["anchors"].values())


def test_consent_is_the_agreed_sentence(pack):
    assert pack["consent"]["en"].startswith("May I walk with you today")
    assert pack["consent"]["zh"].endswith("您随时可以撤回。")


def test_one_or_two_standards_look_after_what_comes_after_us(pack):
    found = [each for touchpoint in touchpoints(pack) for each in touchpoint["standards"] if "factor" in each]

    assert 1 <= len(found) <= 4
    assert {each["factor"] for each in found} == {"sustainability"}


def test_a_source_says_what_kind_it_is(pack):
    """L law, C charter, I practice of the trade, M measured: only then can somebody judge the number."""
    for touchpoint in touchpoints(pack):
        for standard in touchpoint["standards"]:
            assert standard.get("basis", {"kind": "L"})["kind"] in tuple("LCIM"), standard["id"]


def test_every_pack_asks_and_holds_a_promise(pack):
    kinds = {standard["kind"] for touchpoint in touchpoints(pack) for standard in touchpoint["standards"]}

    assert kinds == set(STANDARD_KINDS)


def test_every_pack_becomes_a_journey(pack, app):
    with writing():
        db.session.rollback()
        journey = create_journey(pack, "pack", clock.now(), pack=pack["slug"])
        areas = db.session.query(Area).join(Touchpoint).filter(Touchpoint.journey_id == journey.id).count()
        assert areas == sum(len(touchpoint["channels"]) for touchpoint in touchpoints(pack))
        db.session.rollback()
