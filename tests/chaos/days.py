"""Days of simulated phones: the real outbox in a node process, a real server, and bad weather between them."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import urllib.request
from typing import Any

from PIL import Image

from tests.support.proxy import Proxy
from tests.support.server import ROOT, Server
from tests.support.weather import Weather

DAY = ROOT / "tests" / "chaos" / "day.mjs"
NODE = ROOT / ".venv" / "bin" / "node"
PATIENCE = 240


class Days:
    """A server with its weather, and the people whose phones send."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.weather = Weather(server)
        self.proxy = Proxy(self.weather)
        self.people = {name: self._meet(name) for name in ("olga", "otto")}
        self.journey = self._ask("/carry", "olga")["journeys"][0]
        self.picture = base64.b64encode(small_picture()).decode()

    def live(self, seed: int) -> dict[str, Any]:
        """What the phone holds and was told at the end of this day."""
        self.weather.begin(seed)
        world = {
            "seed": seed,
            "address": self.proxy.address,
            "server": self.server.address,
            "people": self.people,
            "journey": self.journey,
            "picture": self.picture,
        }
        done = subprocess.run(
            [NODE, DAY], input=json.dumps(world), capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE
        )
        assert done.returncode == 0, f"seed {seed}: {done.stderr[-3000:]}"
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def end(self) -> None:
        self.proxy.stop()
        self.server.kill()

    def _meet(self, name: str) -> dict[str, str]:
        token = self.server.command("token", "add", f"{name}@test.example", "--name", "phone").strip()
        self.people = {name: {"token": token}}
        return {"token": token, "id": self._ask("/session", name)["user"]["id"]}

    def _ask(self, path: str, name: str) -> Any:
        headers = {"Authorization": f"Bearer {self.people[name]['token']}"}
        with urllib.request.urlopen(
            urllib.request.Request(f"{self.server.address}/api/v1{path}", None, headers)
        ) as answer:
            return json.load(answer)


def small_picture() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((96, 72)).save(out, "JPEG")
    return out.getvalue()
