"""Counting tries in the database, so that it holds over several processes: sign-ins, withdrawal codes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.people.models import SignInTry

WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 10
TRIES_PER_ADDRESS = 60


def refuse_when_too_many(email: str, address: str, now: datetime) -> None:
    """Raises too_many_tries when this account or this address failed too often lately."""
    for subject, most in ((_account(email), TRIES_PER_ACCOUNT), (_address(address), TRIES_PER_ADDRESS)):
        refuse_subject(subject, most, now)


def note_failure(email: str, address: str, now: datetime) -> None:
    db.session.execute(delete(SignInTry).where(SignInTry.at <= now - WINDOW))
    db.session.add_all(SignInTry(subject=subject, at=now) for subject in (_account(email), _address(address)))


def refuse_address_when_too_many(address: str, now: datetime) -> None:
    """As above where no account is named yet: codes, invitations, wishes for mail."""
    refuse_subject(_address(address), TRIES_PER_ADDRESS, now)


def note_address(address: str, now: datetime) -> None:
    note_subject(_address(address), now)


def forget(email: str) -> None:
    """A person who came in has a clean slate; the address keeps its count."""
    db.session.execute(delete(SignInTry).where(SignInTry.subject == _account(email)))


def refuse_subject(subject: str, most: int, now: datetime) -> None:
    """Raises too_many_tries when this subject was counted too often lately."""
    tries = select(func.count()).where(SignInTry.subject == subject, SignInTry.at > now - WINDOW)
    if (db.session.scalar(tries) or 0) >= most:
        raise Problem("too_many_tries", retry_after=int(WINDOW.total_seconds()))


def note_subject(subject: str, now: datetime) -> None:
    """Count once more; old counts go."""
    db.session.execute(delete(SignInTry).where(SignInTry.at <= now - WINDOW))
    db.session.add(SignInTry(subject=subject, at=now))


def _account(email: str) -> str:
    return f"account:{email.strip().lower()[:254]}"


def _address(address: str) -> str:
    return f"address:{address}"
