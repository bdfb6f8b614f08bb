"""Phones without a screen: each sends visits, observations and photos, again and again until they are safe."""

from __future__ import annotations

import base64
import hashlib
import http.client
import io
import json
import random
import threading
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from PIL import Image

PATIENCE = 90


@dataclass
class Acknowledged:
    """What a phone was told is safe."""

    visits: set[str] = field(default_factory=set)
    observations: set[str] = field(default_factory=set)
    photos: dict[str, bytes] = field(default_factory=dict)
    broken: int = 0


class Sender(threading.Thread):
    """Sends visits with two observations and a photo each until it has sent enough."""

    def __init__(self, address: str, token: str, seed: int, pause: float = 0.05) -> None:
        """pause: seconds between two visits."""
        super().__init__(daemon=True)
        self.address, self.token, self.pause = address, token, pause
        self.random = random.Random(seed)
        self.enough = threading.Event()
        self.told = Acknowledged()
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            journey = json.loads(self._until_safe("GET", "/api/v1/carry"))["journeys"][0]
            while not self.enough.wait(self.pause):
                self._walk(journey)
        except BaseException as failure:  # told to the test, which waits for us
            self.failure = failure

    def _walk(self, journey: dict[str, Any]) -> None:
        now = datetime.now(UTC).isoformat()
        place = journey["stages"][2]["touchpoints"][0]
        visit = {
            "id": self._id(),
            "journey_id": journey["id"],
            "journey_version": journey["version"],
            "started_at": now,
        }
        seen = [
            {
                "id": self._id(),
                "visit_id": visit["id"],
                "touchpoint_id": place["id"],
                "channel": place["channels"][0],
                "observed_at": now,
                "utility": self.random.randint(1, 5),
            }
            for _ in range(2)
        ]
        if self.random.random() < 0.5:
            self._until_safe("PUT", f"/api/v1/visits/{visit['id']}", json.dumps(visit).encode())
            for each in seen:
                self._until_safe("PUT", f"/api/v1/observations/{each['id']}", json.dumps(each).encode())
        else:
            body = json.dumps({"visits": [visit], "observations": seen}).encode()
            answer = json.loads(self._until_safe("POST", "/api/v1/sync", body))
            assert {each["status"] for each in answer["results"]} <= {200, 201}, answer
        self.told.visits.add(visit["id"])
        self.told.observations |= {each["id"] for each in seen}
        self._photograph(seen[0]["id"])

    def _photograph(self, observation: str) -> None:
        photo, raw = self._id(), picture(self.random.randrange(2**24))
        digest = base64.b64encode(hashlib.sha256(raw).digest()).decode()
        self._until_safe(
            "PUT",
            f"/api/v1/photos/{photo}?observation={observation}",
            raw,
            {"Content-Type": "image/jpeg", "Content-Digest": f"sha-256=:{digest}:"},
        )
        self.told.photos[photo] = raw

    def _until_safe(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> bytes:
        """The body of the first good answer; anything but an outage is a failure."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **(headers or {})}
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            asked = urllib.request.Request(f"{self.address}{path}", body, headers, method=method)
            try:
                with urllib.request.urlopen(asked, timeout=15) as answer:
                    return bytes(answer.read())
            except urllib.error.HTTPError as error:
                if error.code != 503:
                    raise AssertionError(f"{method} {path}: {error.code} {error.read()!r}") from error
            except (OSError, http.client.HTTPException):
                self.told.broken += 1  # it may or may not have arrived
            time.sleep(0.1)
        raise AssertionError(f"{method} {path}: no answer in {PATIENCE} s")

    def _id(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))


def picture(number: int) -> bytes:
    """A small photo, another for every number."""
    image = Image.new("RGB", (900, 700), (number >> 16, number >> 8 & 255, number & 255))
    image.paste((255, 255, 255), (100, 100, 100 + number % 600, 400))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()
