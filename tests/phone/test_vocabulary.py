"""The phone and the server know the same lists, words and limits."""

import json

import pytest

from shadowing.core import vocabulary as v
from shadowing.phone import vocabulary
from tests.support.server import ROOT

DIST = ROOT / "static" / "dist"


@pytest.mark.parametrize("path", vocabulary.scripts())
def test_its_scripts_are_those_that_the_build_would_write(path):
    assert (vocabulary.PHONE / path).read_text("utf-8") == vocabulary.scripts()[path]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_built_says_the_words_of_the_server(language):
    built = "".join(path.read_text("utf-8") for path in DIST.glob(f"{language}-*.js"))
    for vocabularies in vocabulary.WORDS.values():
        for words in (words for each in vocabularies for words in each.values()):
            assert words[language].lower() in built.replace("\u00ad", "").lower()


def test_what_was_built_offers_every_slug_of_every_list_in_its_order():
    built = "".join(path.read_text("utf-8") for path in DIST.glob("*.js")).replace("`", '"').replace("'", '"')
    for slugs in (v.SKIP_REASONS, v.FACTORS, v.CHANNELS, v.OUTCOMES, v.MARKS, v.HEARD_FROM, *v.REASONS.values()):
        assert json.dumps(list(slugs), separators=(",", ":")) in built
