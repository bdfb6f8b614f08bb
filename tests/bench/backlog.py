"""A backlog of 2,000 improvements: its list, board, table and one of them; and how long it takes to follow visits."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from tests.bench.load import Call, Client
from tests.bench.processes import child
from tests.bench.rounds import Table
from tests.bench.servers import Ours

ITEMS, CALLS = 2000, 5


def measure(table: Table, folder: Path, rounds: int) -> None:
    """Floor: the same page with nothing but the frame, of the same server."""
    ours = Ours(folder / "backlog")
    ours.command("init")
    ours.command("pack", "add", "hospital_outpatient")
    item = child("tests.bench.backlog_fill", str(ITEMS), environment=ours.environment(), seconds=3000)
    for _ in range(rounds):
        took = child("tests.bench.backlog_fill", "drafting", environment=ours.environment(), seconds=600)
        table.add(f"drafting after 1,000 observations, {ITEMS:,} improvements", "s", took)
    token = ours.token("lead")
    pages = ("/improvements", "/improvements?view=board", f"/improvements/{item}", "/improvements.csv")
    with ours.start():
        client = Client(ours, token)
        for page in pages:
            for _ in range(rounds):
                floor = median(client.call(Call("GET", "/account")).said for _ in range(CALLS))
                said = median(client.call(Call("GET", page)).said for _ in range(CALLS))
                name = page.replace(str(item), "<id>")
                table.add(f"GET {name}, {ITEMS:,} improvements, server time (floor: GET /account)", "ms", said, floor)
