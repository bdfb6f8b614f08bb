"""/participation: who shadows, by department; for leads also open invitations and whose phone may hold something."""

from __future__ import annotations

from shadowing.core import clock
from shadowing.core.layout import render_page
from shadowing.core.routes import READERS, Routes
from shadowing.people.invitations import open_invitations
from shadowing.people.reader import signed_in_reader
from shadowing.planning.participation.figures import DAYS, participation
from shadowing.planning.participation.queries import counted, unsent

pages = Routes("participation", __name__)


@pages.get("/participation", roles=READERS)
def show() -> str:
    now, reader = clock.now(), signed_in_reader()
    return render_page(
        "planning/participation/show.html",
        page=participation(counted(now, reader)),
        days=DAYS,
        unsent=unsent(now, reader) if reader.leads else (),
        invitations=open_invitations(now, reader) if reader.leads else (),
    )
