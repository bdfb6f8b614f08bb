"""What the documents say exists: settings, commands, files, units."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shadowing.core.settings import DEFAULTS
from shadowing.operations.doctor import OTHER_NAMES
from tests.support.server import ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
#: Read by the tests, not by the application.
OF_TESTS = {"SHADOWING_TEST_DATA", "SHADOWING_TEST_POSTGRES", "SHADOWING_TEST_KILLS"}


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_settings_commands_and_files_that_are_named_exist(path, app):
    text = path.read_text("utf-8")
    known = {f"SHADOWING_{name}" for name in DEFAULTS} | OTHER_NAMES | OF_TESTS

    assert set(re.findall(r"SHADOWING_[A-Z0-9_]+", text)) <= known
    assert set(re.findall(r"flask --app wsgi ([a-z]+)", text)) <= set(app.cli.commands)
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", text):
        assert (path.parent / target).exists(), target


def test_every_setting_is_in_the_readme():
    text = (ROOT / "README.md").read_text("utf-8")
    later = {"MAIL_URL"}  # nothing sends mail yet

    assert {name for name in DEFAULTS if f"SHADOWING_{name}" not in text} <= later


@pytest.mark.parametrize("unit", sorted((ROOT / "docs/systemd").iterdir()), ids=lambda path: path.name)
def test_units_are_understood(unit):
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here")
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, timeout=60)
    said = [line for line in done.stderr.splitlines() if unit.name in line and "is not executable" not in line]

    assert not said


def test_the_recipe_for_nginx_offers_no_old_tls_and_believes_nobody():
    recipe = (ROOT / "docs/nginx.conf").read_text("utf-8")

    assert re.findall(r"ssl_protocols (.*);", recipe) == ["TLSv1.2 TLSv1.3"]
    assert "return 301 https://" in recipe
    assert "X-Forwarded-For $remote_addr;" in recipe  # not what the client said of itself


@pytest.mark.engine("sqlite")
def test_the_nightly_backup_keeps_the_days_it_is_told(place, tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    for day in ("2026-01-01", "2026-01-02", "2026-01-03", "notes"):
        (folder / day).mkdir(parents=True)
    monkeypatch.setenv("SHADOWING_INSTANCE_PATH", str(place.folder))
    words = [ROOT / "docs/nightly-backup", folder, "2"]

    for _ in range(2):
        subprocess.run(words, check=True, capture_output=True, timeout=60)

    today = datetime.now(UTC).date().isoformat()
    assert sorted(path.name for path in folder.iterdir()) == ["2026-01-03", today, "notes"]
    assert (Path(folder) / today / "manifest.json").exists()
