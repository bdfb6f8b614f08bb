"""Where bytes live: a folder by default, or S3. Five methods, so that other stores fit behind them."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Protocol

from flask import Flask, current_app

from shadowing.core.bytes.s3 import SCHEME, S3Store


class Store(Protocol):
    """Durable bytes under a key such as `stored/ab12…-1600.webp`."""

    def put(self, key: str, data: bytes) -> None:
        """Durable when it returns; the same key again replaces."""

    def get(self, key: str) -> bytes:
        """Raises KeyError."""

    def delete(self, key: str) -> None:
        """Nothing happens when it is gone already."""

    def exists(self, key: str) -> bool: ...

    def check(self) -> None:
        """Raises OSError when nothing can be stored."""

    def __str__(self) -> str:
        """Where it is, for people."""


class FolderStore:
    """Photos on disk: written beside, synced, renamed, and the folder synced too."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, data: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            with open(beside, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError as error:
            raise KeyError(key) from error

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def check(self) -> None:
        self.put("check", b"ok")

    def __str__(self) -> str:
        return str(self.root)

    def _path(self, key: str) -> Path:
        folder, _, name = key.rpartition("/")
        if ".." in key.split("/") or key.startswith("/"):
            raise KeyError(key)  # nothing outside is ours
        return self.root / folder / name[:2] / name if folder else self.root / name


def keep_photos(app: Flask) -> None:
    """Attach the store that SHADOWING_PHOTO_STORE names; a folder in instance/ when it names none."""
    said = str(app.config["SHADOWING_PHOTO_STORE"])
    app.extensions["photo_store"] = (
        S3Store(said, app.config["SHADOWING_S3_ENDPOINT"])
        if said.startswith(SCHEME)
        else FolderStore(Path(said or Path(app.instance_path) / "photos"))
    )


def store() -> Store:
    found: Store = current_app.extensions["photo_store"]
    return found


def received_key(photo_id: object, sha256: str) -> str:
    """Other bytes under the same id never replace the ones that are here."""
    return f"received/{photo_id}-{sha256[:16]}"


def stored_key(sha256: str, size: int) -> str:
    return f"stored/{sha256}-{size}.webp"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
