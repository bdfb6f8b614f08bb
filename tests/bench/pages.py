"""/areas and /summary on the airline panel at a fresh server: what the first reader waits, and the tenth."""

from __future__ import annotations

from pathlib import Path

from tests.bench.load import Call, Client
from tests.bench.rounds import Table, alternated
from tests.bench.servers import Floor, Ours

PAGES = ("/areas", "/summary")
CALLS = (1, 10)


def measure(table: Table, instance: Path, folder: Path, rounds: int) -> None:
    token = Ours(instance).token("lead")
    for turn in range(rounds):
        ours, floor = alternated(
            lambda: {page: _times(Ours(instance), page, token) for page in PAGES},
            lambda: _times(Floor(folder / "page-floor"), "/healthz", ""),
            turn,
        )
        for page in PAGES:
            for call in CALLS:
                name = f"GET {page} on the airline panel, call {call}, server time"
                table.add(name, "ms", ours[page][call - 1], floor[call - 1])


def _times(server: Ours | Floor, page: str, token: str) -> list[float]:
    """Server time of each call at a server that has just started."""
    with server.start():
        client = Client(server, token)
        return [client.call(Call("GET", page)).said for _ in range(max(CALLS))]
