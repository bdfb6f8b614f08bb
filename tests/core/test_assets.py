"""Built files go out as small as the browser takes them."""

import pytest

from tests.support.server import ROOT


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize(
    ("accepted", "encoding", "ending"),
    [
        ("gzip, deflate, br, zstd", "br", ".br"),
        ("gzip", "gzip", ".gz"),
        ("gzip, br;q=0", "gzip", ".gz"),
        ("identity", None, ""),
        ("", None, ""),
    ],
)
def test_the_smallest_twin_the_browser_takes(as_, accepted, encoding, ending):
    answer = as_(None).get("/sw.js", headers={"Accept-Encoding": accepted})

    assert answer.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.data == (ROOT / "static" / "dist" / f"sw.js{ending}").read_bytes()


@pytest.mark.engine("sqlite")
def test_built_files_are_the_same_for_everybody_and_pages_are_not(olga):
    style = next(path.name for path in (ROOT / "static" / "dist").glob("*.css"))

    built, page = olga.get(f"/static/dist/{style}"), olga.get("/account")

    assert (built.headers["Vary"], built.cache_control.public) == ("Accept-Encoding", True)
    assert "Cookie" in page.headers["Vary"]
