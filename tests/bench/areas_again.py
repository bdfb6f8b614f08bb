"""`python -m tests.bench.areas_again rebuild|refit`: the scores of the only live panel from its rows once more."""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta

from sqlalchemy import select, update

from shadowing.app import create_app
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.scoring.models import PanelFit
from shadowing.scoring.refresh import refresh_panel
from shadowing.visits.models.totals import Panel
from tests.bench.processes import peak_megabytes


def main(what: str) -> None:
    with create_app().app_context():
        panel = db.session.scalars(select(Panel.id).filter_by(kind="live")).one()
        if what == "refit":
            db.session.execute(update(PanelFit).values(refitted_at=clock.now() - timedelta(days=2)))
        db.session.commit()
        started = time.perf_counter()
        refresh_panel(panel)
        print(json.dumps({"seconds": time.perf_counter() - started, "peak": peak_megabytes()}))


if __name__ == "__main__":
    main(sys.argv[1])
