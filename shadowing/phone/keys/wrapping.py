"""How a phone's key is kept, and how what it sealed is opened. AES-256-GCM throughout; no database, no web."""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, NONCE_BYTES = 32, 12


class CannotOpen(ValueError):
    """Made under another key, or changed since."""


def wrap(key: bytes, secret: str, owner: str) -> str:
    """The key, in base64, as only this installation reads it. owner: whose and which phone's; both times the same."""
    nonce = os.urandom(NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(_outer(secret)).encrypt(nonce, key, owner.encode())).decode()


def unwrap(wrapped: str, secret: str, owner: str) -> bytes:
    """Raises CannotOpen, above all when the installation has another secret key now."""
    raw = base64.b64decode(wrapped)
    return unseal(_outer(secret), raw[:NONCE_BYTES], raw[NONCE_BYTES:], owner)


def unseal(key: bytes, nonce: bytes, sealed: bytes, owner: str) -> bytes:
    """What WebCrypto sealed on a phone. owner: what stood beside it in the clear. Raises CannotOpen."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, owner.encode())
    except (InvalidTag, ValueError) as error:  # ValueError: a nonce no cipher takes
        raise CannotOpen from error


def _outer(secret: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"shadowing phone keys").derive(secret.encode())
