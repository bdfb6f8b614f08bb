"""Passwords: argon2id, sized so that a login storm does not eat the memory (about 0.1 s each)."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST = 10
LONGEST = 256
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
#: Verified when the account does not exist, so that both answers take the same time.
_nobody = _hasher.hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def matches(password: str, hashed: str | None) -> bool:
    """Whether the password is right. None = no such account: takes as long and is always False."""
    try:
        return _hasher.verify(hashed or _nobody, password) and hashed is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def needs_rehash(hashed: str) -> bool:
    return _hasher.check_needs_rehash(hashed)


def suggest() -> str:
    """A password that can be read out and typed: four groups of four."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
