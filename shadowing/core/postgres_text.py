"""Text as PostgreSQL takes it. Loads the driver, which an installation on SQLite does without."""

from __future__ import annotations

from typing import Any

from psycopg.types.string import StrDumper


class TextWithoutNul(StrDumper):
    """PostgreSQL refuses NUL in text. It means nothing to a reader, so it goes; documents keep it escaped."""

    def dump(self, obj: str) -> Any:
        return super().dump(obj.replace("\x00", "") if "\x00" in obj else obj)
