"""Makes what stands in made/, through the doors that everybody uses: `python -m tests.golden.making`.

Not to be made anew without need: its worth is that an earlier version made it.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
import tempfile
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from shadowing.app import create_app
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.jobs.models import Job
from shadowing.core.jobs.queue import enqueue
from shadowing.operations.nightly import NIGHT
from shadowing.people.accounts import find_person
from tests.conftest import Client
from tests.support.chromium import playwright
from tests.support.phone import Phone
from tests.support.server import Server

MADE = Path(__file__).parent / "made"
SECRET = "golden"
#: Below what systems hand out by themselves: a phone's storage belongs to one address, port included.
PORT = 18731
OBSERVER, LEAD, ADMIN = "lena@demo.example", "wei@demo.example", "max@demo.example"
MAIL = {
    "SHADOWING_MAIL_URL": "smtp://127.0.0.1:{port}?from=s@test.example",
    "SHADOWING_BASE_URL": "https://shadowing.test",
}
SHEET = "Date,Who,Manner\n03/04/2026,A,4\n04/04/2026,B,2\n15/04/2026,A,3\n"
SOUND = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(range(256)) * 8


def make() -> None:
    MADE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        instance = place / "instance"
        instance.mkdir()
        (instance / "secret_key").write_text(SECRET)
        server = Server(instance, port=PORT)
        server.command("demo")
        walk_without_a_network(server, place)
        app = create_app({name: said.format(port=1) for name, said in MAIL.items()}, instance=str(instance))
        with app.app_context():
            put_every_job_in_line(app)
            db.session.remove()
            db.engine.dispose()
        server.command("backup", str(place / "backup"))
        pack(place / "backup", MADE / "backup.tar.gz", ".")


def walk_without_a_network(server: Server, place: Path) -> None:
    """One visit of two observations and a photo, saved as a rescue file and left on the phone."""
    picture = place / "photo.jpg"
    Image.linear_gradient("L").resize((1200, 900)).save(picture, "JPEG")
    server.start()
    with playwright() as running:
        phone = Phone(running, place / "profile", server).switch_on().sign_in().ready_for_the_walk()
        phone.network(False)
        phone.start_planned_visit()
        phone.capture_next()
        phone.rate(2, 3, 4, emotion=-1)
        phone.words(note="noted by an older phone", quote="排了半小时")
        phone.photo(picture)
        phone.next()
        phone.page.locator("form.cap").wait_for()
        phone.rate(5, 4, 3, emotion=1)
        phone.page.locator(".dock .dock-map").click()
        phone.page.wait_for_url("**#/visit/**")
        phone.page.goto(f"{server.address}/app#/outbox")
        phone.page.get_by_role("button", name="Save a rescue file").click()
        with phone.page.expect_download() as saving:
            phone.page.get_by_role("link", name="Save the file").click()
        saving.value.save_as(MADE / "rescue.txt")
        phone.page.wait_for_timeout(2000)  # the browser writes its storage in its own time
        phone.close()
    server.stop()
    pack(place / "profile", MADE / "phone.tar.gz", "Default/IndexedDB", "Default/Local Storage")
    (MADE / "sign_in.json").write_text(json.dumps(server.sign_ins()["observer"]) + "\n")


def put_every_job_in_line(app: Flask) -> None:
    """A job of every kind there is, and nobody works meanwhile."""
    app.test_client_class = Client
    observer, lead, visitor = client_of(app, OBSERVER), client_of(app, LEAD), app.test_client()
    journey = observer.get("/api/v1/carry").get_json()["journeys"][0]
    note_and_take_back(observer, visitor, journey)
    answer = lead.post("/data", data={"file": (io.BytesIO(SHEET.encode()), "walks.csv")})
    said = {"journey_name": "Rounds", "c0-format-said": "%d/%m/%Y", "c2-scale-said": "1-5", "step": "try"}
    lead.post(answer.location, data=said)
    visitor.post("/forgotten", data={"email": OBSERVER})
    moment = (clock.now() + timedelta(days=1)).isoformat()
    plan = {"journey_id": journey["id"], "site_id": "1", "starts_at": moment, "observer_id": id_of(OBSERVER)}
    lead.post("/api/v1/plans", json=plan)
    lead.post("/api/v1/areas/period", query_string={"since": "2020-01-01"})
    day = (clock.now() + timedelta(days=1)).date().isoformat()  # tonight's has been done by the demonstration
    enqueue(NIGHT, {"day": day}, clock.now(), key=f"{NIGHT}:{day}")
    db.session.commit()
    waiting = set(db.session.scalars(select(Job.kind).where(Job.done_at.is_(None))))
    assert waiting == set(app.extensions["worker"].handlers), waiting


def note_and_take_back(observer: FlaskClient, visitor: FlaskClient, journey: dict[str, Any]) -> None:
    """Two visits of a photo and a voice note each; the customer takes the second one back."""
    for code in ("T4HW9C", "K7MP4R"):
        visit, seen = a_visit(journey, code), an_observation(journey)
        seen["visit_id"] = visit["id"]
        observer.put(f"/api/v1/visits/{visit['id']}", json=visit)
        observer.put(f"/api/v1/observations/{seen['id']}", json=seen)
        put(observer, "photos", jpeg("red" if code == "T4HW9C" else "blue"), seen["id"], "image/jpeg")
        put(observer, "sounds", SOUND, seen["id"], "audio/webm")
    assert visitor.post("/w/K7MP4R").status_code < 400


def a_visit(journey: dict[str, Any], code: str) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "journey_id": journey["id"],
        "journey_version": journey["version"],
        "site_id": "1",
        "started_at": clock.now().isoformat(),
        "status": "in_progress",
        "withdrawal_hash": hashlib.sha256(code.encode()).hexdigest(),
    }


def an_observation(journey: dict[str, Any]) -> dict[str, Any]:
    place = journey["stages"][0]["touchpoints"][0]
    return {
        "id": str(uuid.uuid4()),
        "touchpoint_id": place["id"],
        "channel": place["channels"][0],
        "observed_at": clock.now().isoformat(),
        "utility": 2,
    }


def put(client: FlaskClient, door: str, raw: bytes, observation: str, kind: str) -> str:
    id = str(uuid.uuid4())
    digest = base64.b64encode(hashlib.sha256(raw).digest()).decode()
    answer = client.put(
        f"/api/v1/{door}/{id}?observation={observation}",
        data=raw,
        content_type=kind,
        headers={"Content-Digest": f"sha-256=:{digest}:"},
    )
    assert answer.status_code == 201, answer.get_json()
    return id


def jpeg(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return out.getvalue()


def client_of(app: Flask, email: str) -> FlaskClient:
    client = app.test_client()
    person = find_person(email)
    assert person
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = person.get_id(), True
    db.session.rollback()
    return client


def id_of(email: str) -> str:
    person = find_person(email)
    assert person
    return str(person.id)


def pack(folder: Path, target: Path, *names: str) -> None:
    with tarfile.open(target, "w:gz") as archive:
        for name in names:
            archive.add(folder / name, arcname=name)


if __name__ == "__main__":
    make()
