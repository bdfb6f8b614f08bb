"""Refused before it can do harm elsewhere: numbers without end, formulas, keys outside, headers that disagree."""

import stat
from pathlib import Path

import pytest

from shadowing.core.bytes.store import FolderStore
from shadowing.core.tables import as_text
from shadowing.operations.backup.folder import MANIFEST, BrokenBackup, Manifest, read_manifest
from tests.conftest import a_visit


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1+1", "－1", "＋1", "＠x"])
def test_a_formula_stays_text(text):
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1", "a=b", "queue - long", "'=1"])
def test_anything_else_stays_as_it_is(text):
    assert as_text(text) == text


@pytest.mark.parametrize(
    ("number", "path"), [("1e999", "mood"), ("-1e999", "mood"), ('[1, {"deep": 1e400}]', "mood.1.deep")]
)
def test_a_number_without_end_is_refused_by_name_and_the_rest_is_kept(olga, journey, number, path):
    good, bad = a_visit(journey), {**a_visit(journey), "mood": "HERE"}
    body = olga.application.json.dumps({"visits": [good, bad]}).replace('"HERE"', number)

    answer = olga.post("/api/v1/sync", data=body, content_type="application/json")

    first, second = answer.get_json()["results"]
    assert (first["status"], second["status"]) == (201, 422)
    assert [error["path"] for error in second["problem"]["errors"]] == [path]


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "http://localhost"}, False),
        ({}, False),
    ],
)
def test_both_headers_must_say_that_it_is_ours(olga, headers, refused):
    answer = olga.post("/language", data={"language": "en"}, headers=headers)

    assert (answer.status_code == 403) is refused


@pytest.mark.parametrize("key", ["stored/../../etc/passwd", "../secret_key", "/etc/passwd"])
def test_no_key_leads_out_of_the_store(tmp_path, key):
    with pytest.raises(KeyError):
        FolderStore(tmp_path / "photos").put(key, b"x")

    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    "name", ["photos/../../../etc/passwd", "../x", "/etc/passwd", "photos/stored/ab/../../../x", "tables/../x.jsonl.gz"]
)
def test_a_manifest_that_names_what_lies_outside_is_no_backup(tmp_path, name):
    Manifest("2026-11-25T10:00:00+00:00", "0019", "sqlite", files={name: "00"}).write(tmp_path)

    with pytest.raises(BrokenBackup, match="no file of a backup"):
        read_manifest(tmp_path)
    assert (tmp_path / MANIFEST).exists()


def test_the_instance_is_for_whoever_runs_it_alone(app):
    folder = app.instance_path
    app.test_cli_runner().invoke(args=["init"])

    assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700


def test_a_forwarded_prefix_is_not_believed(as_):
    stranger = as_(None)
    answer = stranger.get("/areas", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"})

    assert answer.location.startswith("/sign-in")
