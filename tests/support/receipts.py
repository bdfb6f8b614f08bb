"""What the server says it holds of a visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.support.server import Server
from tests.support.waiting import wait_until


def receipt(page: Page, server: Server, visit: str, until: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """The receipt, as the signed-in page gets it, once `until` is true of it."""
    held: dict[str, Any] = {}

    def holds_it() -> bool:
        answer = page.request.get(f"{server.address}/api/v1/visits/{visit}/receipt")
        if answer.ok:
            held.update(answer.json())
        return answer.ok and bool(until(held))

    wait_until(holds_it, seconds=60)
    return held
