"""Counting tries in the database, so that it holds over several processes: sign-ins, withdrawal codes.

Nobody can shut somebody else out. Failures count for the account together with the network they came from, and for a
browser that has signed in to the account before by themselves; over all networks they only slow the next try of
strangers down.
"""

from __future__ import annotations

import hashlib
import math
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from sqlalchemy import delete, func, or_, select

from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.people.models import SignInTry

WINDOW = timedelta(minutes=15)
TRIES = 10
TRIES_PER_NETWORK = 60
#: From so many failures of strangers on, the next stranger waits: a second, then two, four … up to a minute.
SLOW_FROM = 10
LONGEST_WAIT = timedelta(minutes=1)


def refuse_when_too_many(email: str, address: str, now: datetime, browser: str | None = None) -> None:
    """Raises too_many_tries. browser: the mark of this browser when it is known for this account."""
    if browser is not None:
        refuse_subject(_known(email, browser), TRIES, now)
        return
    refuse_subject(_pair(email, address), TRIES, now)
    refuse_subject(_network(address), TRIES_PER_NETWORK, now)
    _refuse_haste(_account(email), now)


def note_failure(email: str, address: str, now: datetime, browser: str | None = None) -> None:
    if browser is not None:
        note_subjects([_known(email, browser)], now)
    else:
        note_subjects([_pair(email, address), _network(address), _account(email)], now)


def refuse_address_when_too_many(address: str, now: datetime) -> None:
    """As above where no account is named yet: invitations, wishes for mail."""
    refuse_subject(_network(address), TRIES_PER_NETWORK, now)


def note_address(address: str, now: datetime) -> None:
    note_subjects([_network(address)], now)


def forget(email: str) -> None:
    """A person who came in has a clean slate; the network keeps its count."""
    digest = _digest(email)
    mine = [SignInTry.subject.startswith(f"{kind}:{digest}", autoescape=True) for kind in ("pair", "known", "account")]
    db.session.execute(delete(SignInTry).where(or_(*mine)))


def refuse_subject(subject: str, most: int, now: datetime) -> None:
    """Raises too_many_tries when this subject was counted too often lately."""
    if counted(subject, now) >= most:
        raise Problem("too_many_tries", retry_after=int(WINDOW.total_seconds()))


def counted(subject: str, now: datetime) -> int:
    """How often within the window."""
    tries = select(func.count()).where(SignInTry.subject == subject, SignInTry.at > now - WINDOW)
    return db.session.scalar(tries) or 0


def note_subjects(subjects: list[str], now: datetime) -> None:
    """Count each once more; old counts go."""
    db.session.execute(delete(SignInTry).where(SignInTry.at <= now - WINDOW))
    db.session.add_all(SignInTry(subject=subject, at=now) for subject in subjects)


def network(address: str) -> str:
    """The address; of IPv6 the /64 that one connection is given."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped) if found.ipv4_mapped else f"{IPv6Address(int(found) >> 64 << 64)}/64"


def _refuse_haste(account: str, now: datetime) -> None:
    query = select(func.count(), func.max(SignInTry.at)).where(
        SignInTry.subject == account, SignInTry.at > now - WINDOW
    )
    tries, last = db.session.execute(query).one()
    if tries < SLOW_FROM:
        return
    wait = min(LONGEST_WAIT, timedelta(seconds=2 ** min(tries - SLOW_FROM, 6)))
    if now < last + wait:
        raise Problem("too_many_tries", retry_after=math.ceil((last + wait - now).total_seconds()))


def _digest(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:16]


def _account(email: str) -> str:
    return f"account:{_digest(email)}"


def _pair(email: str, address: str) -> str:
    return f"pair:{_digest(email)}:{network(address)}"


def _known(email: str, browser: str) -> str:
    return f"known:{_digest(email)}:{browser}"


def _network(address: str) -> str:
    return f"address:{network(address)}"
