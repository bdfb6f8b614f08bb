"""A form that makes something makes it once: tapped twice, sent again after going back, or both at the same moment.

Each form that is shown carries an id of its own. What it sends, with that id, is noted in the transaction that makes
the thing; whoever sends the very same again is led to where the first answer led. Changed content is another thing.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, redirect, request
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import String, Text, delete, event, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, Session, mapped_column
from werkzeug.datastructures import MultiDict

from shadowing.core.database import Base, db, upsert

FIELD, MARK = "form_id", "sent_form"
#: Longer than anybody keeps a page open to send it again.
KEPT = timedelta(days=30)


class SentForm(Base):
    """What was sent, as a digest, and where its answer led; None while the answer is under way."""

    __tablename__ = "sent_form"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[str | None] = mapped_column(Text)


class AlreadySent(Exception):
    """The same form was quicker by a moment; nothing of this one is kept."""


def watch_sent_forms(app: Flask) -> None:
    """Offer `once()` to templates, and note a form with what it makes."""
    app.jinja_env.globals["once"] = hidden_id
    for name, listener in (("before_commit", _note), ("after_commit", _noted)):
        if not event.contains(db.session, name, listener):
            event.listen(db.session, name, listener)


def hidden_id() -> Markup:
    """The field of a form that is shown now."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, secrets.token_urlsafe(12))


def sent_once(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """The view, carried out once for what one form sent."""

    @wraps(view)
    def answer_once(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        digest = _digest()
        if digest is None:
            return view(*args, **kwargs)
        if db.session.get(SentForm, digest) is not None:
            return _again(digest)
        db.session().info[MARK] = digest
        try:
            answer = current_app.make_response(view(*args, **kwargs))
        except AlreadySent:
            return _again(digest)
        finally:
            made = db.session().info.pop(MARK, None) is None
        if made:
            _remember(digest, answer.location if answer.status_code == 303 else None)
        return answer

    return answer_once


def forget_sent_forms(now: datetime) -> None:
    """The caller commits."""
    db.session.execute(delete(SentForm).where(SentForm.created_at < now - KEPT))


def _digest() -> str | None:
    """Of everything that was sent, by whom and where to; None for what comes from no form of ours."""
    said = request.form
    if not said.get(FIELD):
        return None
    read = hashlib.sha256()
    for part in _parts(said):
        read.update(len(part).to_bytes(8) + part)
    return read.hexdigest()


def _parts(said: MultiDict[str, str]) -> Iterator[bytes]:
    yield from (str(browser.get("_user_id", "")).encode(), request.path.encode())
    for name, value in sorted(said.items(multi=True)):
        yield from (name.encode("utf-8", "replace"), value.encode("utf-8", "replace"))
    for name, file in sorted(request.files.items(multi=True), key=lambda pair: pair[0]):
        yield from (name.encode("utf-8", "replace"), (file.filename or "").encode("utf-8", "replace"))
        yield hashlib.file_digest(file.stream, "sha256").digest()  # type: ignore[arg-type]
        file.stream.seek(0)


def _note(session: Session) -> None:
    """In the transaction of the view: whoever else notes the same waits for its end, and is then too late."""
    digest = session.info.get(MARK)
    if digest is None:
        return
    new = upsert(SentForm).values(digest=digest).on_conflict_do_nothing().returning(SentForm.digest)
    if session.scalar(new) is None:
        raise AlreadySent


def _noted(session: Session) -> None:
    session.info.pop(MARK, None)


def _remember(digest: str, address: str | None) -> None:
    """Where it led; a form whose page came back has made nothing, and may be sent again."""
    mine = SentForm.digest == digest
    deed = update(SentForm).where(mine).values(answer=address) if address else delete(SentForm).where(mine)
    try:
        db.session.rollback()
        db.session.execute(deed)
        db.session.commit()
    except DBAPIError:  # it is made; only a second sender would not be led there
        db.session.rollback()


def _again(digest: str) -> ResponseReturnValue:
    db.session.rollback()
    earlier = db.session.get(SentForm, digest)
    flash(_("This had arrived already; it was made once."))
    return redirect((earlier.answer if earlier else None) or _where_it_was_sent(), 303)


def _where_it_was_sent() -> str:
    """The page of the form, always one of ours."""
    return "/" + urlsplit(request.referrer or "").path.lstrip("/\\")
