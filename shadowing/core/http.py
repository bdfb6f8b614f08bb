"""What API and pages share: problems answered in their own shape, JSON bodies, places to return to."""

from __future__ import annotations

import logging
import zlib
from typing import Any
from urllib.parse import urlsplit

import pydantic_core
from flask import Flask, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DataError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoneFree  # no connection of the pool
from werkzeug.exceptions import HTTPException

from shadowing.core.database import db, is_outage
from shadowing.core.problems import Problem, from_http
from shadowing.core.routes import API_PREFIX

#: What a sender is asked to wait before the next try.
SECONDS_TO_WAIT = 10
GZIP = 31  # zlib's number for it
log = logging.getLogger(__name__)


def answer_problems(app: Flask) -> None:
    """One place that turns whatever was raised into a reply; nothing half stored stays behind."""
    app.register_error_handler(Problem, _answer)
    app.register_error_handler(HTTPException, lambda error: _answer_http(error))
    app.register_error_handler(DataError, lambda _: _answer(Problem("bad_request")))  # text no database can hold
    app.register_error_handler(DBAPIError, _answer_database)
    app.register_error_handler(NoneFree, _answer_outage)
    app.register_error_handler(OSError, _answer_outage)  # the photo store, the disk
    app.register_error_handler(Exception, _answer_unexpected)


def json_body(limit: int) -> Any:
    """The request's JSON, plain or gzipped. limit: bytes, also of what is unpacked. Raises too_large, not_json."""
    if request.content_length is not None and request.content_length > limit:
        raise Problem("too_large")
    request.max_content_length = limit
    try:
        return pydantic_core.from_json(_unpacked(request.get_data(cache=False), limit), allow_inf_nan=False)
    except ValueError as error:
        raise Problem("not_json", [("", str(error))]) from error


def _unpacked(raw: bytes, limit: int) -> bytes:
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding == "identity":
        return raw
    if encoding != "gzip":
        raise Problem("unsupported_type")
    try:
        opened = zlib.decompressobj(wbits=GZIP)
        text = opened.decompress(raw, limit + 1)
    except zlib.error as error:
        raise Problem("bad_digest") from error
    if len(text) > limit:
        raise Problem("too_large")
    if not opened.eof:
        raise Problem("bad_digest")
    return text


def json_object(limit: int) -> dict[str, Any]:
    """The request's JSON, which must be one object."""
    body = json_body(limit)
    if not isinstance(body, dict):
        raise Problem("not_json")
    return body


def local_target(target: str | None, otherwise: str) -> str:
    """Where to go back to: only a path of this site, never another host."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return otherwise
    parts = urlsplit(target)
    return target if not parts.netloc and not parts.scheme and target.isprintable() else otherwise


def wants_problem_document() -> bool:
    """API callers get problem+json, also for addresses that do not exist; people get a page."""
    return request.path.startswith(API_PREFIX + "/") or request.path in ("/healthz", "/readyz")


def _answer(problem: Problem) -> ResponseReturnValue:
    _roll_back()
    headers = {"Cache-Control": "no-store"}
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.code == "too_many_tries":
        headers["Retry-After"] = str(problem.extra.get("retry_after", 60))
    if problem.code == "not_ready":
        headers["Retry-After"] = str(SECONDS_TO_WAIT)
    if wants_problem_document():
        response = jsonify(problem.document())
        response.content_type = "application/problem+json"
        return response, problem.status, headers
    return render_template("problems/page.html", problem=problem), problem.status, headers


def _answer_http(error: HTTPException) -> ResponseReturnValue | HTTPException:
    if error.code is None or error.code < 400:
        return error  # redirects, ready-made responses
    return _answer(from_http(error.code))


def _answer_database(error: DBAPIError) -> ResponseReturnValue:
    return _answer_outage(error) if is_outage(error) else _answer_unexpected(error)


def _answer_outage(error: Exception) -> ResponseReturnValue:
    """Database, photo store or disk cannot take anything just now: nothing is stored, the sender comes again."""
    log.error("not ready: %s: %s", type(error).__name__, error)
    _ask_nobody_who_it_is()
    return _answer(Problem("not_ready"))


def _answer_unexpected(error: Exception) -> ResponseReturnValue:
    log.exception("unexpected")
    _ask_nobody_who_it_is()
    return _answer(Problem("internal"))


def _ask_nobody_who_it_is() -> None:
    """A page about a failure must not need the database, not even to learn its reader's language."""
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]


def _roll_back() -> None:
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session.remove()  # a connection that cannot even do that is thrown away
