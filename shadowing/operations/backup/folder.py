"""What a backup is on disk: tables/, photos/, and a manifest that is written last and names every file."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
#: What a manifest may name: files of tables, and bytes under a key of the store.
INSIDE = re.compile(r"tables/[a-z_]+\.jsonl\.gz|photos/[a-z]+/[A-Za-z0-9._-]{1,4}/[A-Za-z0-9._-]+")
Progress = Callable[[str], None]


class BrokenBackup(ValueError):
    """Not a backup, or not a whole one; the sentence says what is wrong."""


@dataclass
class Manifest:
    """files: path below the folder -> SHA-256; tables: name -> {rows, columns}, parents first."""

    made_at: str
    revision: str
    engine: str
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    photos: int = 0
    #: Photos that the database speaks of and the store did not have.
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        beside = folder / f".{MANIFEST}"
        with open(beside, "w", encoding="utf-8") as file:
            json.dump(asdict(self), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, folder / MANIFEST)


def read_manifest(folder: Path) -> Manifest:
    """Raises BrokenBackup."""
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
        manifest = Manifest(**found)
    except FileNotFoundError as error:
        raise BrokenBackup(
            f"{folder} is not a whole backup: it has no {MANIFEST}, which is written last. "
            "Was it broken off? Run the backup again."
        ) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise BrokenBackup(f"{folder / MANIFEST} cannot be read: {error}") from error
    outside = next((name for name in manifest.files if not INSIDE.fullmatch(name) or ".." in name.split("/")), None)
    if outside is not None:
        raise BrokenBackup(f"{folder / MANIFEST} names {outside!r}: no file of a backup. Nothing was restored.")
    if manifest.format != FORMAT:
        raise BrokenBackup(f"{folder} was made by another version (format {manifest.format}); this one reads {FORMAT}.")
    return manifest


def verify(folder: Path, manifest: Manifest, progress: Progress) -> None:
    """Every file of the manifest is there, byte for byte. Raises BrokenBackup."""
    for number, (name, said) in enumerate(manifest.files.items(), 1):
        try:
            found = fingerprint(folder / name)
        except OSError as error:
            raise BrokenBackup(f"{folder} is not whole: {name} cannot be read ({error.strerror}).") from error
        if found != said:
            raise BrokenBackup(f"{folder} is damaged: {name} is not what was written. Use another backup.")
        if number % 500 == 0:
            progress(f"{number:,} of {len(manifest.files):,} files checked")


def fingerprint(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def photo_path(key: str) -> str:
    """Below the folder; two letters a level, so that no folder grows too large."""
    kind, _, name = key.partition("/")
    return f"photos/{kind}/{name[:2]}/{name}"


def photo_key(path: str) -> str:
    _, kind, _, name = path.split("/")
    return f"{kind}/{name}"
