"""How the service worker and the shell are served: the rules that need no browser."""

import json
import re

from tests.support.server import ROOT

DIST = ROOT / "static" / "dist"


def test_the_worker_is_never_cached_and_covers_the_whole_site(app, as_):
    answer = as_(None).get("/sw.js")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"], "its own fetches obey this"


def test_the_shell_is_the_same_bytes_for_everyone(as_):
    pages = {as_(name).get("/app").data for name in (None, "olga", "lena", "anna")}

    assert len(pages) == 1


def test_everything_the_worker_keeps_is_there_and_immutable_where_its_name_says_what_it_holds(as_):
    kept = json.loads(re.search(r'\["/app".*?\]', (DIST / "sw.js").read_text("utf-8")).group())
    client = as_(None)

    for path in kept:
        answer = client.get(path)
        assert answer.status_code == 200 and "Location" not in answer.headers, path
        if path.startswith("/static/dist/"):
            assert "immutable" in answer.headers["Cache-Control"], path
