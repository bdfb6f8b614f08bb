"""The closed lists: both languages filled, and what depends on them complete."""

import re

from shadowing.core import vocabulary
from shadowing.core.vocabulary import FACTOR_GROUPS, FACTORS, LEVEL_WEIGHTS, LEVELS, REASONS


def lists():
    for name, value in vars(vocabulary).items():
        if name.isupper() and hasattr(value, "items"):
            yield from value.values() if name == "REASONS" else [value]


def test_every_word_is_there_in_both_languages():
    for vocabulary_list in lists():
        for slug, words in vocabulary_list.items():
            if isinstance(words, dict) and isinstance(words["en"], dict):  # a person served, in several forms
                assert all(form.strip() for form in words["en"].values()) and words["zh"].strip(), slug
            elif isinstance(words, dict):
                assert words["en"].strip(), slug
                assert re.search(r"[\u4e00-\u9fff]", words["zh"]) and "顾客" not in words["zh"], slug


def test_every_factor_is_in_one_group():
    grouped = [factor for group in FACTOR_GROUPS.values() for factor in group]
    assert sorted(grouped) == sorted(FACTORS)


def test_levels_have_weights_and_reasons():
    assert set(LEVEL_WEIGHTS) == set(REASONS) == set(LEVELS)
    assert sum(LEVEL_WEIGHTS.values()) == 1.0
