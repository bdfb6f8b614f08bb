"""What a process of the product does not carry: libraries that one command in many needs, and what others do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.server import ROOT, Server
from tests.support.waiting import wait_until

#: Each takes megabytes in every process that has loaded it.
SELDOM_NEEDED = (
    "alembic",
    "boto3",
    "botocore",
    "flask_migrate",
    "openpyxl",
    "psycopg",
)


def test_making_the_app_loads_nothing_that_is_seldom_needed(tmp_path):
    script = (
        "import sys; from shadowing.app import create_app; create_app(instance=sys.argv[1]);"
        f"print(sorted(sys.modules.keys() & set({SELDOM_NEEDED})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True, env={}
    )

    assert done.stdout == "[]\n"


def test_the_first_process_holds_nothing_of_the_app(tmp_path):
    server = Server(tmp_path / "instance").start()
    maps = Path(f"/proc/{server.process.pid}/maps")
    try:
        wait_until(lambda: "python" in maps.read_text() and "site-packages" not in maps.read_text(), seconds=20)
    finally:
        server.stop()
