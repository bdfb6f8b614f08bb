"""What a forked server finds in memory: the product, and its templates compiled (see forked.py)."""

from __future__ import annotations

import tempfile

from shadowing.app import create_app
from tests.support.templates import compile_once

with tempfile.TemporaryDirectory() as folder:
    app = compile_once(create_app({"SHADOWING_SECRET_KEY": "warm"}, instance=folder))
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
