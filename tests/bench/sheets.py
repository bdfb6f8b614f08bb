"""Sheets made to hurt: seconds and memory to the sentence or the rows, and what others wait meanwhile."""

from __future__ import annotations

import gzip
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from tests.bench.load import Call, drive
from tests.bench.processes import child
from tests.bench.rounds import Table, percentile
from tests.bench.servers import Ours
from tests.support.workbooks import number_rows, workbook

CALLS, CLIENTS = 200, 2
LINE = "-" * 20 + "bench"


def measure(table: Table, folder: Path, rounds: int) -> None:
    folder = folder / "sheets"
    folder.mkdir()
    files = _made(folder)
    for _ in range(rounds):
        for name, file in files.items():
            read = child("tests.bench.sheets_read", str(file))
            table.add(f"sheet of {name}: until its sentence or its rows", "s", read["seconds"])
            table.add(f"sheet of {name}: memory above idle", "MB", read["megabytes"])
    _others(table, folder, list(files.values()), rounds)


def _made(folder: Path) -> dict[str, Path]:
    wide = ",".join("1" * 200_000).encode()
    made = {
        "300 MB packed to 300 kB": ("a.csv.gz", gzip.compress(b"0" * 300 * 2**20)),
        "a row number of 3 million": ("b.xlsx", workbook([*number_rows(1, 2), *number_rows(1, 2, first=3_000_000)])),
        "5,000 columns": ("c.xlsx", workbook(number_rows(20, 5_000))),
        "200,000 columns": ("d.csv", wide + b"\n" + wide),
        "1.2 million texts": ("e.xlsx", workbook([], (f"<si><t>text {n}</t></si>" for n in range(1_200_000)))),
        "1,048,576 rows": ("f.csv", b"No,Q\n" + b"".join(b"%d,4\n" % n for n in range(2**20))),
    }
    for name, raw in made.values():
        (folder / name).write_bytes(raw)
    return {what: folder / name for what, (name, _) in made.items()}


def _others(table: Table, folder: Path, files: list[Path], rounds: int) -> None:
    """p95 of a page of areas while such files come in by the page, beside the same with nobody there."""
    ours = Ours(folder / "instance")
    ours.command("demo")
    token = ours.token("lead")
    calls = [Call("GET", "/api/v1/areas")] * CALLS
    with ours.start():
        browser = signed_in(ours)
        for _ in range(rounds):
            alone = percentile(drive(ours, calls, CLIENTS, token).latencies, 0.95)
            over = threading.Event()
            sender = threading.Thread(target=_send_all, args=(ours, browser, files, over))
            sender.start()
            beside = percentile(drive(ours, calls, CLIENTS, token).latencies, 0.95)
            over.set()
            sender.join()
            table.add("p95 of others while such sheets come in (floor: alone)", "ms", beside, alone)


def signed_in(ours: Ours) -> urllib.request.OpenerDirector:
    lead = ours.sign_ins()["lead"]
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    browser.addheaders = [("Origin", ours.address)]
    said = urllib.parse.urlencode({"email": lead["email"], "password": lead["password"]}).encode()
    browser.open(f"{ours.address}/sign-in", said).read()
    return browser


def form_with_file(name: str, content: bytes) -> tuple[bytes, dict[str, str]]:
    """The body of a form whose only field is a file, and the headers that say so."""
    head = f'--{LINE}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    kind = {"Content-Type": f"multipart/form-data; boundary={LINE}"}
    return head.encode() + content + f"\r\n--{LINE}--\r\n".encode(), kind


def _send_all(ours: Ours, browser: urllib.request.OpenerDirector, files: list[Path], over: threading.Event) -> None:
    while True:
        for file in files:
            if over.is_set():
                return
            body, kind = form_with_file(file.name, file.read_bytes())
            try:
                browser.open(urllib.request.Request(f"{ours.address}/data", body, kind)).read()
            except urllib.error.HTTPError as refused:
                if refused.code != 422:
                    raise
