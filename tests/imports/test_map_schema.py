"""The schema of import maps is published, and every shipped map keeps to it."""

import json

import pytest

from shadowing.imports.column_map import SpreadsheetMap, load_map, shipped_maps
from tests.support.server import ROOT

PUBLISHED = ROOT / "docs" / "import-map.schema.json"


def test_the_published_schema_is_the_one_in_force():
    """When this fails: .venv/bin/flask --app wsgi map-schema > docs/import-map.schema.json"""
    assert json.loads(PUBLISHED.read_text("utf-8")) == SpreadsheetMap.model_json_schema()


@pytest.mark.parametrize("name", shipped_maps())
def test_shipped_maps_are_whole(name):
    known = load_map(name)

    assert known.name.zh
    assert all(place.name.zh for place in known.touchpoints)
