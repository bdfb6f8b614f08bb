"""Photos in a bucket that speaks S3: the same promises as the folder makes. boto3 is imported only here, when used."""

from __future__ import annotations

import base64
import hashlib
import os
import threading
from typing import Any
from urllib.parse import urlsplit

SCHEME = "s3://"
#: Seconds, per try; the last try may end about 40 s after the first began, and the phone comes again anyway.
CONNECT, READ, TRIES = 3, 10, 3
GONE = ("NoSuchKey", "404", "NotFound")


class NotInstalled(OSError):
    """boto3 is missing; the sentence says how to get it."""


class S3Store:
    """Objects under `prefix` of a bucket. Credentials and region by the ordinary AWS_* variables.

    Whatever the other side cannot do just now is an OSError, as with a disk.
    """

    def __init__(self, address: str, endpoint: str | None = None) -> None:
        """address: s3://bucket/prefix; endpoint: https://… of a server that is not AWS."""
        parts = urlsplit(address)
        self.bucket, self.prefix = parts.netloc, parts.path.strip("/")
        self.endpoint = endpoint or None
        self._lock = threading.Lock()
        self._client: tuple[int, Any] | None = None
        if not self.bucket:
            raise ValueError(f"{address!r} names no bucket. Write s3://bucket/prefix.")

    def put(self, key: str, data: bytes) -> None:
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        self._ask("put_object", Key=self._name(key), Body=data, ChecksumSHA256=digest)

    def get(self, key: str) -> bytes:
        try:
            body: bytes = self._ask("get_object", Key=self._name(key), ChecksumMode="ENABLED")["Body"].read()
        except _botocore().BotoCoreError as error:  # the line broke while the bytes came
            raise OSError(str(error)) from error
        return body

    def delete(self, key: str) -> None:
        self._ask("delete_object", Key=self._name(key))

    def exists(self, key: str) -> bool:
        try:
            self._ask("head_object", Key=self._name(key))
        except KeyError:
            return False
        return True

    def check(self) -> None:
        self.put("check", b"ok")

    def __str__(self) -> str:
        return f"{SCHEME}{self.bucket}/{self.prefix}"

    def _name(self, key: str) -> str:
        return f"{self.prefix}/{key}" if self.prefix else key

    def _ask(self, what: str, **words: Any) -> Any:
        """One request. Raises KeyError when the object is gone, OSError for everything else."""
        errors = _botocore()
        try:
            return getattr(self._connected(), what)(Bucket=self.bucket, **words)
        except errors.ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if code in GONE:
                raise KeyError(words.get("Key")) from error
            raise OSError(f"the photo store refuses {what}: {code}") from error
        except errors.BotoCoreError as error:
            raise OSError(f"the photo store does not answer: {error}") from error

    def _connected(self) -> Any:
        """This process's client; one made before a fork is not ours."""
        with self._lock:
            if self._client is None or self._client[0] != os.getpid():
                self._client = os.getpid(), self._connect()
            return self._client[1]

    def _connect(self) -> Any:
        import boto3  # noqa: PLC0415 - only who uses it needs it
        from botocore.config import Config  # noqa: PLC0415

        config = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},  # servers of one's own have no name for every bucket
            connect_timeout=CONNECT,
            read_timeout=READ,
            retries={"total_max_attempts": TRIES, "mode": "standard"},
            max_pool_connections=16,
        )
        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
        return boto3.session.Session().client("s3", endpoint_url=self.endpoint, region_name=region, config=config)


def _botocore() -> Any:
    try:
        from botocore import exceptions  # noqa: PLC0415
    except ImportError as error:
        raise NotInstalled("Photos on S3 need boto3. Install it: pip install boto3") from error
    return exceptions
