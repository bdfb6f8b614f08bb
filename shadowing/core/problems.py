"""Everything that can go wrong at our doors, in one table; anybody may raise one, one place answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class ProblemKind:
    """A published problem code with its HTTP status and its sentence."""

    status: int
    sentence: LazyString


CATALOGUE: dict[str, ProblemKind] = {
    "not_json": ProblemKind(400, _l("This is not readable as JSON. Send one JSON object in UTF-8.")),
    "bad_request": ProblemKind(400, _l("This request cannot be understood.")),
    "bad_digest": ProblemKind(400, _l("The bytes that arrived are not the bytes that were sent. Send them again.")),
    "sign_in": ProblemKind(401, _l("Sign in first. Nothing on the phone is lost.")),
    "other_person": ProblemKind(
        401, _l("Somebody else is signed in here. Who noted this must sign in; nothing is lost.")
    ),
    "cross_site": ProblemKind(403, _l("This came from another site and was not done.")),
    "not_allowed": ProblemKind(403, _l("Your role does not include this. Ask an administrator if you need it.")),
    "not_yours": ProblemKind(403, _l("This belongs to another person and can only be changed by them.")),
    "not_found": ProblemKind(404, _l("There is nothing here.")),
    "method_not_allowed": ProblemKind(405, _l("This address does not offer that.")),
    "conflict": ProblemKind(
        409, _l("This was changed elsewhere too. Both versions are kept; choose which should count.")
    ),
    "stale": ProblemKind(409, _l("Somebody changed this meanwhile. Look at the new state, then decide again.")),
    "period_not_ready": ProblemKind(
        409, _l("This period reaches back further than what is kept up, and is not worked out yet.")
    ),
    "photo_conflict": ProblemKind(
        409, _l("Another photo was already stored under this id. Give this one an id of its own.")
    ),
    "sound_conflict": ProblemKind(
        409, _l("Another voice note was already stored under this id. Give this one its own.")
    ),
    "key_unreadable": ProblemKind(
        409,
        _l("This phone's key was kept under another secret key of the server. Tell an administrator; nothing is lost."),
    ),
    "link_over": ProblemKind(410, _l("This link has been used or is over. Ask for a new one where you got it.")),
    "length_required": ProblemKind(411, _l("Say how many bytes follow (Content-Length).")),
    "too_large": ProblemKind(413, _l("This is larger than what can be taken at once. Send less.")),
    "too_many_records": ProblemKind(
        413, _l("At most 200 records can be sent at once. Send the rest in another request.")
    ),
    "not_a_photo": ProblemKind(415, _l("This is not a photo that can be read. JPEG, PNG, WebP, AVIF and HEIC can.")),
    "not_a_sound": ProblemKind(415, _l("This is not a voice note that can be kept. WebM, Ogg and MP4 can.")),
    "unsupported_type": ProblemKind(415, _l("This content type is not taken here.")),
    "invalid": ProblemKind(422, _l("Some fields need another look; each is named.")),
    "photo_too_big": ProblemKind(422, _l("This photo has more than 64 million pixels or a side over 20,000.")),
    "too_many_phones": ProblemKind(
        422, _l("You have signed in on 50 phones already, and none may be forgotten. Tell an administrator.")
    ),
    "illegal_transition": ProblemKind(422, _l("This step does not follow from the present state.")),
    "too_many_tries": ProblemKind(429, _l("Too many tries. Wait a few minutes, then try again.")),
    "internal": ProblemKind(500, _l("Something failed on our side. It has been noted; try again in a moment.")),
    "not_ready": ProblemKind(503, _l("The server cannot store anything right now. Try again in a moment.")),
}


class Problem(Exception):
    """A refusal with a code of the catalogue.

    code: key of CATALOGUE; errors: (path, message) pairs that name fields; extra: further members of the
    problem document (for example `current` of a conflict).
    """

    def __init__(self, code: str, errors: Sequence[tuple[str, Any]] = (), **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.errors = list(errors)
        self.extra = extra

    @property
    def status(self) -> int:
        return CATALOGUE[self.code].status

    @property
    def sentence(self) -> str:
        return str(CATALOGUE[self.code].sentence)

    def document(self) -> dict[str, Any]:
        """The problem as RFC 9457 members, in the reader's language."""
        errors = [{"path": path, "message": str(message)} for path, message in self.errors]
        return {
            "type": f"urn:shadowing:problem:{self.code}",
            "title": self.sentence,
            "status": self.status,
            "code": self.code,
            "errors": errors,
            **self.extra,
        }


HTTP_CODES = {
    400: "bad_request",
    401: "sign_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    411: "length_required",
    413: "too_large",
    415: "unsupported_type",
    429: "too_many_tries",
    503: "not_ready",
}


def from_http(status: int) -> Problem:
    """The problem that stands for a plain HTTP refusal of the framework."""
    return Problem(HTTP_CODES.get(status, "bad_request" if status < 500 else "internal"))
