"""A mail server that keeps what it gets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller


class Postbox:
    """address: what names this server; mails: what came, oldest first; refuse: what to say instead of taking it."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.refuse = ""
        self.address = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return self.refuse
        self.mails.append(message_from_bytes(envelope.content))
        return "250 taken"

    def text(self) -> str:
        """The newest mail's."""
        payload = self.mails[-1].get_payload(decode=True)
        assert isinstance(payload, bytes)
        return payload.decode()


@contextmanager
def open_postbox() -> Iterator[Postbox]:
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    box.address = f"127.0.0.1:{port}"
    yield box
    server.stop()
