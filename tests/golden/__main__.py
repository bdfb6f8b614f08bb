"""Writes surfaces/ anew: `make golden`. The difference belongs into the commit that means it."""

from __future__ import annotations

import tempfile

from shadowing.app import create_app
from tests.golden import documents
from tests.golden.making import SECRET
from tests.golden.restored import restored
from tests.golden.surfaces import SURFACES, write

with tempfile.TemporaryDirectory() as folder:
    app = create_app({"SHADOWING_SECRET_KEY": SECRET}, instance=folder)
    with app.app_context():
        for name, lines in SURFACES.items():
            write(name, lines(app))
with tempfile.TemporaryDirectory() as folder, restored(folder) as app:
    for name, lines in documents.read_all(app).items():
        write(name, lines)
