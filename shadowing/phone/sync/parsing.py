"""Reading a record off the wire: every field at fault is named. No database, no web."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError as Invalid

from shadowing.core.gettext_noop import N_
from shadowing.phone.sync.schemas import Record

UNKNOWN_BYTES = 16 * 1024
#: Erased after a while (DECISIONS 6); a late copy of the same revision must still be known as the same.
FORGOTTEN = ("customer_label",)
R = TypeVar("R", bound=Record)
_plain = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


class FieldError(NamedTuple):
    """A field at fault and the sentence about it, to be translated by whoever answers."""

    path: str
    sentence: str
    context: dict[str, str] = {}


class InvalidRecord(ValueError):
    """Raised with every field at fault."""

    def __init__(self, complaints: list[FieldError]) -> None:
        super().__init__("invalid")
        self.complaints = complaints


def read(model: type[R], document: Any) -> tuple[R, dict[str, Any]]:
    """The checked record and its content without nulls. Raises InvalidRecord."""
    if not isinstance(document, dict):
        raise InvalidRecord([FieldError("", N_("Send one JSON object."))])
    content = without_nulls(document)
    try:
        record = model.model_validate(content)
    except Invalid as error:
        raise InvalidRecord([_sentence(item) for item in error.errors()[:50]]) from error
    unknown = {key: content[key] for key in content.keys() - model.model_fields.keys()}
    if unknown and len(json.dumps(unknown, ensure_ascii=False).encode("utf-8", "replace")) > UNKNOWN_BYTES:
        raise InvalidRecord([FieldError(min(unknown), N_("Unknown fields together may hold 16 kB."))])
    _refuse_moments_out_of_reach(record)
    _refuse_endless(content)
    return record, content


def _refuse_endless(content: dict[str, Any]) -> None:
    """1e999 is read as infinity, which no database and no other reader of JSON takes; also in fields nobody knows."""
    try:
        _plain.encode(content)
    except ValueError as error:
        path = next(_endless(content, ""), "")
        raise InvalidRecord([FieldError(path, N_("This number is larger than any number can be."))]) from error


def _endless(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, float) and not math.isfinite(value):
        yield path
    within = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in within:
        yield from _endless(item, f"{path}.{key}".lstrip("."))


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON: equal contents have equal digests, also after what is forgotten has gone."""
    kept = {key: value for key, value in content.items() if key not in FORGOTTEN}
    return hashlib.sha256(_plain.encode(kept).encode()).hexdigest()


def without_nulls(value: Any) -> Any:
    """null and absent are the same; so are they inside nested objects."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value


def column_text(text: str | None) -> str | None:
    """Text for a database column: NUL has no place there (the body keeps it)."""
    return text.replace("\x00", "") if text else None


def _refuse_moments_out_of_reach(record: Record) -> None:
    for name, value in record:
        if isinstance(value, datetime):
            try:
                value.astimezone(UTC)
            except OverflowError as error:
                raise InvalidRecord([FieldError(name, N_("This is not a moment any clock can show."))]) from error


def _path(location: tuple[int | str, ...]) -> str:
    """pydantic names union members and constraints inside the location; people need the field."""
    return ".".join(str(part) for part in location if not _is_type_name(str(part)))


def _is_type_name(part: str) -> bool:
    return bool(re.fullmatch(r"(constrained-)?(str|int|float|uuid|datetime|literal)\b.*|function-.*|\[key\]", part))


MOMENT = N_("Give the moment as ISO 8601 with its offset, for example 2026-11-20T10:58:03+08:00.")
SENTENCES = {
    "missing": N_("This field is needed."),
    "uuid_parsing": N_("This is not a UUID."),
    "uuid_type": N_("This is not a UUID."),
    "timezone_aware": MOMENT,
    "datetime_from_date_parsing": MOMENT,
    "datetime_parsing": MOMENT,
    "datetime_type": MOMENT,
    "datetime_object_invalid": MOMENT,
    "greater_than_equal": N_("This must be at least %(ge)s."),
    "less_than_equal": N_("This must be at most %(le)s."),
    "int_type": N_("This must be a whole number."),
    "int_from_float": N_("This must be a whole number."),
    "float_type": N_("This must be a number."),
    "bool_type": N_("This must be true or false."),
    "string_type": N_("This must be text."),
    "string_too_long": N_("At most %(max_length)s characters fit here."),
    "string_too_short": N_("This must not be empty."),
    "string_pattern_mismatch": N_("This is not a SHA-256 in lower-case hexadecimal."),
    "one_of": N_("This must be one of: %(expected)s."),
    "too_long": N_("At most %(max_length)s entries fit here."),
    "list_type": N_("This must be a list."),
    "dict_type": N_("This must be an object."),
    "model_type": N_("This must be an object."),
    "string_unicode": N_("This text is not valid Unicode."),
}
OTHERWISE = N_("This value does not fit this field.")


def _sentence(item: Any) -> FieldError:
    context = {key: str(value) for key, value in (item.get("ctx") or {}).items()}
    return FieldError(_path(item["loc"]), SENTENCES.get(item["type"], OTHERWISE), context)
