"""Sending mail through the one server an installation names. Knows nothing of who writes to whom.

An address is `smtp://[user:password@]host[:port][?from=sender]` (encrypted as soon as the server offers it; port 587)
or `smtps://…` (encrypted from the first byte; port 465).
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import parse_qs, quote, unquote, urlsplit

SECONDS = 10
PORTS = {"smtp": 587, "smtps": 465}
#: Where a password may travel in the clear: it does not leave the machine.
HERE = ("localhost", "127.0.0.1", "::1")


class BadAddress(ValueError):
    """This does not name a mail server."""


class Undelivered(OSError):
    """The server could not be reached or did not take the mail. The text is what it said.

    An OSError, so that whoever sends in the background tries again.
    """


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, and in whose name."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def parse(address: str, sender: str = "") -> MailServer:
    """The server an address names; a bare `host` or `host:port` is meant as smtp. Raises BadAddress."""
    text = address.strip()
    try:
        parts = urlsplit(text if "://" in text else f"smtp://{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadAddress(address) from error
    if parts.scheme not in PORTS or not host or not text.isprintable() or " " in text or parts.path.strip("/"):
        raise BadAddress(address)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    named = sender or next(iter(parse_qs(parts.query).get("from", ())), "")
    said = named or (user if "@" in user else f"shadowing@{host}")
    return MailServer(parts.scheme, host, port or PORTS[parts.scheme], user, password, said)


def address_of(host: str, user: str, password: str) -> str:
    """The address that `parse` reads: host, or host:port; port 465 is encrypted from the first byte."""
    who = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
    return f"{'smtps' if host.rpartition(':')[2] == '465' else 'smtp'}://{who}{host}"


def send(server: MailServer, to: str, subject: str, text: str) -> bool:
    """Hand one mail over, now. Returns whether the way there was encrypted. Raises Undelivered."""
    try:
        message = compose(server.sender, to, subject, text)
        with _connected(server) as (connection, encrypted):
            connection.send_message(message)
            return encrypted
    except (OSError, ValueError, MessageError) as error:  # every smtplib error is an OSError
        raise Undelivered(_what_it_said(error)) from error


def reach(server: MailServer) -> bool:
    """Say hello and go away again, sending nothing. Returns whether it was encrypted. Raises Undelivered."""
    try:
        with _connected(server) as (_, encrypted):
            return encrypted
    except OSError as error:
        raise Undelivered(_what_it_said(error)) from error


def compose(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """A plain mail. Raises ValueError or MessageError for addresses that are none, and for line breaks in a subject."""
    message = EmailMessage()
    message["From"] = _address(sender, "Shadowing")
    message["To"] = _address(to)
    message["Subject"] = subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or None)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _address(said: str, name: str = "") -> Address:
    try:
        return Address(name, addr_spec=said)
    except IndexError as error:  # how the standard library says that nothing is there
        raise ValueError(f"“{said}” is not an address") from error


@contextmanager
def _connected(server: MailServer) -> Iterator[tuple[smtplib.SMTP, bool]]:
    context = ssl.create_default_context()
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
        encrypted = True
    else:
        connection, encrypted = smtplib.SMTP(server.host, server.port, timeout=SECONDS), False
    with connection:
        connection.ehlo()
        if not encrypted and connection.has_extn("starttls"):
            connection.starttls(context=context)
            connection.ehlo()
            encrypted = True
        if server.user:
            if not encrypted and server.host not in HERE:
                raise Undelivered("the server offers no encryption, so the password was not sent")
            connection.login(server.user, server.password)
        yield connection, encrypted


def _what_it_said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _plain(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return _plain(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _plain(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
