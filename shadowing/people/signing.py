"""What we sign, cookies and links: with SHA-256, each kind with a salt of its own, so that none stands for another."""

from __future__ import annotations

import hashlib

from flask import current_app
from itsdangerous import URLSafeSerializer, URLSafeTimedSerializer

#: Flask and itsdangerous would take SHA-1.
DIGEST = hashlib.sha256


def signer(*, salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=salt, signer_kwargs={"digest_method": DIGEST})


def timed_signer(*, salt: str) -> URLSafeTimedSerializer:
    """Which also says when it signed."""
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=salt, signer_kwargs={"digest_method": DIGEST})
