"""Passwords: argon2id, sized so that a login storm does not eat the memory (about 0.1 s each)."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

#: The first ten hexadecimal digits of the SHA-256 of each of the passwords most used on earth that are long enough.
COMMON = Path(__file__).with_name("common_passwords.txt")
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


def is_common(password: str) -> bool:
    """Whether it is among the passwords that are tried first, in whatever case it is written."""
    return hashlib.sha256(password.casefold().encode()).hexdigest()[:10] in _common()


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text("ascii").split())


def needs_rehash(hashed: str) -> bool:
    """Whether it was made with weaker settings than ours; a sign-in, where the password is known, makes it anew."""
    return _hasher.check_needs_rehash(hashed)


def suggest() -> str:
    """A password that can be read out and typed: four groups of four."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
