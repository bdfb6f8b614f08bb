"""What a process of the product does not carry: libraries that one command in many needs."""

from __future__ import annotations

import subprocess
import sys

from tests.support.server import ROOT

#: Each takes megabytes in every process that has loaded it.
SELDOM_NEEDED = ("alembic", "boto3", "botocore", "flask_migrate", "openpyxl", "psycopg")


def test_making_the_app_loads_nothing_that_is_seldom_needed(tmp_path):
    script = (
        "import sys; from shadowing.app import create_app; create_app(instance=sys.argv[1]);"
        f"print(sorted(sys.modules.keys() & set({SELDOM_NEEDED})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True, env={}
    )

    assert done.stdout == "[]\n"
