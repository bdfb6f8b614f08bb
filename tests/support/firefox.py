"""Firefox over WebDriver BiDi, spoken directly: no driver program stands between, none is needed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import websocket

from tests.support.leash import ends_with_us
from tests.support.server import free_port

PATIENCE = 90


def firefox_path() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One profile on disk; `kill` ends the browser as an empty battery would."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.count = 0

    def start(self) -> Firefox:
        self.profile.mkdir(exist_ok=True)
        port = free_port()
        self.process = subprocess.Popen(
            [
                str(firefox_path()),
                "--headless",
                "--no-remote",
                "--profile",
                str(self.profile),
                f"--remote-debugging-port={port}",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=ends_with_us(signal.SIGKILL),
        )
        self.line = self._connect(port)
        self.tell("session.new", capabilities={})
        self.context = self.tell("browsingContext.getTree")["contexts"][0]["context"]
        return self

    def kill(self) -> None:
        self.line.shutdown()
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)

    def go(self, address: str) -> None:
        self.tell("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def ask(self, script: str) -> Any:
        """What a script in the page answers: an expression, or a promise of one."""
        wrapped = f"Promise.resolve((() => {{ return ({script}) }})()).then((said) => JSON.stringify(said ?? null))"
        said = self.tell("script.evaluate", expression=wrapped, target={"context": self.context}, awaitPromise=True)
        if said["type"] != "success":
            raise AssertionError(f"{script}: {said['exceptionDetails']['text']}")
        return json.loads(said["result"]["value"])

    def wait(self, script: str, seconds: float = PATIENCE) -> None:
        """Until the page says yes; a page that is just being left says nothing, and is asked again."""
        until, last = time.monotonic() + seconds, ""
        while time.monotonic() < until:
            try:
                if self.ask(script):
                    return
            except AssertionError as problem:
                last = str(problem)
            time.sleep(0.1)
        shown = self.ask("location.href + ' ' + document.body.innerText.slice(0, 600)")
        raise AssertionError(f"never: {script} {last}\n{shown}")

    def click(self, selector: str, which: int = 0) -> None:
        found = f"document.querySelectorAll({json.dumps(selector)})"
        self.wait(f"{found}.length > {which if which >= 0 else 0}")
        self.ask(f"[...{found}].at({which}).click()")

    def type(self, selector: str, text: str, which: int = 0) -> None:
        """As a keyboard would, so that the page hears of it."""
        self.wait(f"document.querySelectorAll({json.dumps(selector)}).length > {which}")
        self.ask(
            f"((field) => {{ Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, "
            f"{json.dumps(text)}); field.dispatchEvent(new Event('input', {{ bubbles: true }})) }})"
            f"(document.querySelectorAll({json.dumps(selector)})[{which}])"
        )

    def choose_file(self, selector: str, path: Path) -> None:
        locator = {"type": "css", "value": selector}
        (node, *_) = self.tell("browsingContext.locateNodes", context=self.context, locator=locator)["nodes"]
        element = {"sharedId": node["sharedId"]}
        self.tell("input.setFiles", context=self.context, element=element, files=[str(path)])

    def tell(self, method: str, **params: Any) -> Any:
        self.count += 1
        self.line.send(json.dumps({"id": self.count, "method": method, "params": params}))
        while True:
            said = json.loads(self.line.recv())
            if said.get("id") == self.count:
                if said["type"] == "error":
                    raise AssertionError(f"{method}: {said['error']}: {said['message']}")
                return said["result"]

    def _connect(self, port: int) -> websocket.WebSocket:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                address = f"ws://127.0.0.1:{port}/session"
                return websocket.create_connection(address, suppress_origin=True, timeout=PATIENCE)
            except (OSError, websocket.WebSocketException):
                if time.monotonic() > until or self.process.poll() is not None:
                    raise
                time.sleep(0.2)
