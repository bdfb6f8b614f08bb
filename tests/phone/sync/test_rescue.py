"""import-rescue: what a phone saved by its own code is taken in once, by the rules of the phone's door."""

import base64
import contextvars
import hashlib
import io
import json
import subprocess
import uuid

import pytest
from PIL import Image

from shadowing.core.bytes.store import store
from shadowing.core.database import db
from shadowing.visits.media.models import Photo, Sound
from shadowing.visits.models.visit import Observation, Revision, Visit
from tests.conftest import a_visit, an_observation, person, work
from tests.support.server import ROOT
from tests.visits.media.test_put_sound import OPUS

MAKER = ROOT / "tests" / "js" / "make_rescue.mjs"


@pytest.fixture
def import_rescue(app):
    """Run the command; (exit code, what it said)."""

    def run(path, *words):
        db.session.rollback()
        done = contextvars.Context().run(
            app.test_cli_runner().invoke, args=["import-rescue", str(path), *map(str, words)]
        )
        db.session.rollback()
        return done.exit_code, done.output

    return run


@pytest.fixture
def saved(app, journey, tmp_path):
    """A phone of Olga's with a visit, three observations, two photos and a voice note, and the file it made."""
    visit = a_visit(journey, customer_label="Ms Chen")
    observations = [
        an_observation(journey, visit, utility=n, note=f"排队 {n}", photos=[], removed_photos=[]) for n in (1, 2, 3)
    ]
    photos = [
        {"id": str(uuid.uuid4()), "observation_id": observations[0]["id"], "data": base64.b64encode(jpeg(n)).decode()}
        for n in (1, 2)
    ]
    spoken = {"id": str(uuid.uuid4()), "observation_id": observations[0]["id"], "data": base64.b64encode(OPUS).decode()}
    phone = {
        "maker": str(person("olga").id),
        "visit": visit,
        "observations": observations,
        "photos": photos,
        "sounds": [spoken],
    }
    path = tmp_path / "rescue.txt"
    path.write_bytes(made_by_the_phone(phone))
    return phone, path


def made_by_the_phone(phone):
    node = ROOT / ".venv" / "bin" / "node"
    done = subprocess.run([node, MAKER], input=json.dumps(phone).encode(), capture_output=True, cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def jpeg(number):
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (number * 40, 90, 120)).save(out, "JPEG")
    return out.getvalue()


def counts():
    return {model.__name__: db.session.query(model).count() for model in (Visit, Observation, Photo, Sound, Revision)}


def test_a_file_made_by_the_phone_is_taken_in_and_twice_does_no_harm(app, saved, import_rescue):
    phone, path = saved

    tried = import_rescue(path, "--dry-run")
    before = counts()
    first = import_rescue(path)
    after = counts()
    again = import_rescue(path)

    assert tried == (0, tried[1]) and "Would be stored: 4 records and 3 files" in tried[1]
    assert set(before.values()) == {0}
    assert first == (
        0,
        "Stored: 4 records and 3 files; here already: 0 records and 0 files; nothing refused.\n",
    )
    assert again == (
        0,
        "Stored: 0 records and 0 files; here already: 4 records and 3 files; nothing refused.\n",
    )
    assert after == counts() == {"Visit": 1, "Observation": 3, "Photo": 2, "Sound": 1, "Revision": 4}
    assert {row.person_id for row in db.session.query(Observation)} == {person("olga").id}
    work(app)
    assert [photo.state for photo in db.session.query(Photo)] == ["ready", "ready"]


def test_the_phone_itself_may_come_before_or_after(olga, saved, import_rescue):
    phone, path = saved
    words = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    observations = [line["observation"] for line in words if "observation" in line]

    olga.post("/api/v1/sync", json={"observations": observations[:1]})
    code, said = import_rescue(path)
    later = olga.post(
        "/api/v1/sync", json={"observations": [{**observations[1], "revision": 2, "base_revision": 1, "utility": 5}]}
    )

    assert (code, said.split(";")[0]) == (0, "Stored: 3 records and 3 files")
    assert later.get_json()["results"][0]["status"] == 200


def test_what_the_customer_took_back_stays_away(app, olga, as_, saved, import_rescue):
    phone, path = saved
    code = "K7MP4R"
    hash_ = hashlib.sha256(code.encode()).hexdigest()
    olga.post("/api/v1/sync", json={"visits": [{**phone["visit"], "withdrawal_hash": hash_}], "observations": []})
    assert as_(None).post(f"/w/{code}").status_code == 303

    answer = import_rescue(path)

    assert answer == (
        0,
        "Stored: 0 records and 0 files; here already: 4 records and 3 files; nothing refused.\n",
    )
    work(app)
    assert db.session.query(Photo).count() == 0
    assert list(store().root.rglob("*")) == [] or not [p for p in store().root.rglob("*") if p.is_file()]


def test_a_refused_record_is_listed_and_the_rest_is_stored(saved, import_rescue):
    phone, path = saved
    phone["observations"][1]["utility"] = 9
    phone["photos"][1]["data"] = base64.b64encode(b"no picture at all").decode()
    path.write_bytes(made_by_the_phone(phone))

    code, said = import_rescue(path)

    assert code == 0
    assert "Stored: 3 records and 2 files" in said and "refused: 2." in said
    assert (
        f"observation {phone['observations'][1]['id']}: Some fields need another look; each is named. utility:" in said
    )
    assert f"photo {phone['photos'][1]['id']}: This is not a photo" in said


def test_everything_belongs_to_its_maker(olga, otto, saved, import_rescue):
    phone, path = saved
    theirs = a_visit({"id": phone["visit"]["journey_id"], "version": 1}, id=phone["visit"]["id"])
    assert otto.put(f"/api/v1/visits/{theirs['id']}", json=theirs).status_code == 201

    code, said = import_rescue(path)

    assert code == 0
    assert "This belongs to another person" in said
    assert db.session.query(Observation).count() == 0, "observations on somebody else's visit"
    path.write_text(path.read_text("utf-8").replace('"maker":"1"', '"maker":"999"'), "utf-8")
    code, said = import_rescue(path)
    assert (code, said.count("nobody here has the number 999.")) == (0, 7)


def lines_of(path):
    return path.read_text("utf-8").splitlines(keepends=True)


BREAKING = {
    "an empty file": lambda lines: "",
    "another file": lambda lines: "a,b,c\n1,2,3\n",
    "binary": lambda lines: "\x00\x01\x02" * 1000,
    "another format": lambda lines: lines[0].replace("shadowing-rescue", "other") + "".join(lines[1:]),
    "a newer version": lambda lines: lines[0].replace('"version":1', '"version":3') + "".join(lines[1:]),
    "broken off in a line": lambda lines: "".join(lines)[:-200],
    "broken off after a line": lambda lines: "".join(lines[:-1]),
    "a line missing": lambda lines: "".join(lines[:2] + lines[3:]),
    "a line twice": lambda lines: "".join(lines[:2] + lines[1:]),
    "something after the end": lambda lines: "".join(lines) + "{}\n",
    "no JSON": lambda lines: "".join(lines[:1] + ["{nonsense\n"] + lines[2:]),
    "deep JSON": lambda lines: "".join(lines[:1] + ["[" * 100_000 + "\n"] + lines[2:]),
    "a list": lambda lines: "".join(lines[:1] + ["[1]\n"] + lines[2:]),
    "nobody's": lambda lines: "".join(lines[:1] + ['{"visit": {}}\n'] + lines[2:]),
    "neither": lambda lines: "".join(lines[:1] + ['{"maker": "1", "car": {}}\n'] + lines[2:]),
    "a photo of nothing": lambda lines: "".join(lines[:1] + ['{"maker": "1", "photo": {"id": 7}}\n'] + lines[2:]),
    "damaged bytes": lambda lines: "".join(lines).replace('"data":"/9j/', '"data":"/9j9'),
    "no base64": lambda lines: "".join(lines).replace('"data":"/9j/', '"data":"!!!!'),
    "no bytes": lambda lines: "".join(
        json.dumps({**json.loads(line), "data": ""}) + "\n" if '"photo"' in line[:9] else line for line in lines
    ),
}


@pytest.mark.parametrize("how", BREAKING)
@pytest.mark.engine("sqlite")
def test_a_broken_or_hostile_file_is_a_sentence_and_nothing_is_half_done(saved, import_rescue, how):
    _, path = saved
    whole = lines_of(path)
    path.write_text(BREAKING[how](whole), "utf-8")

    code, said = import_rescue(path)

    assert code == 1, said
    assert said.startswith("Error: ") and said.rstrip().endswith(".") and "Traceback" not in said
    assert set(counts().values()) == {0}


@pytest.mark.engine("sqlite")
def test_nonsense_inside_a_record_is_refused_like_at_the_door(saved, import_rescue):
    _, path = saved
    lines = lines_of(path)
    lines[1] = json.dumps({"visit": ["no", "object"], "maker": "1"}) + "\n"
    lines[2] = json.dumps({"observation": {"id": {"a": 1}, "visit_id": "x"}, "maker": "1"}) + "\n"
    path.write_text("".join(lines), "utf-8")

    code, said = import_rescue(path)

    assert code == 0
    assert "line 2, visit without an id: " in said and "line 3, observation" in said
    assert counts()["Observation"] == 2


PHONE = "6f1c2a54-4f0e-4d53-9d3e-0a6f2f1b7c11"


@pytest.fixture
def sealed(olga, saved):
    """The same phone after Olga has signed out of it."""
    phone, path = saved
    key = olga.put(f"/api/v1/phones/{PHONE}/key").get_json()["key"]
    path.write_bytes(made_by_the_phone({**phone, "sealed": {"phone": PHONE, "key": key}}))
    return phone, path


def test_what_is_sealed_is_opened_by_the_server_and_twice_does_no_harm(app, sealed, import_rescue):
    _, path = sealed
    text = path.read_text("utf-8")

    first, again = import_rescue(path), import_rescue(path)

    assert '"version":2' in text and "Ms Chen" not in text and "排队" not in text
    assert first == (0, "Stored: 4 records and 3 files; here already: 0 records and 0 files; nothing refused.\n")
    assert again == (0, "Stored: 0 records and 0 files; here already: 4 records and 3 files; nothing refused.\n")
    assert counts() == {"Visit": 1, "Observation": 3, "Photo": 2, "Sound": 1, "Revision": 4}
    work(app)
    assert [photo.state for photo in db.session.query(Photo)] == ["ready", "ready"]


def one_sealed(**changes):
    """The second line, changed."""

    def change(lines):
        content = json.loads(lines[1])
        content["sealed"].update(changes.pop("inner", {}))
        return [lines[0], json.dumps({**content, **changes}) + "\n", *lines[2:]]

    return change


UNOPENABLE = {
    "changed since": (one_sealed(data=base64.b64encode(b"x" * 80).decode()), "sealed under another key, or changed"),
    "of another phone": (one_sealed(inner={"phone": str(uuid.UUID(int=7))}), "has a key for that phone here"),
    "of another id": (one_sealed(inner={"id": "7"}), "sealed under another key, or changed"),
    "of another person": (one_sealed(maker="2"), "has a key for that phone here"),
    "nobody's": (one_sealed(maker="999"), "has a key for that phone here"),
    "no base64": (one_sealed(data="!!!"), "not as a phone seals it"),
    "no data": (one_sealed(data=None), "sealed under another key, or changed"),
    "no phone": (one_sealed(inner={"phone": None}), "not as a phone seals it"),
    "a short nonce": (one_sealed(inner={"iv": "AAAA"}), "sealed under another key, or changed"),
    "nothing in it": (one_sealed(sealed=7), "not as a phone seals it"),
}


@pytest.mark.parametrize("how", UNOPENABLE)
@pytest.mark.engine("sqlite")
def test_one_line_that_cannot_be_opened_is_refused_and_the_rest_goes_in(sealed, import_rescue, how):
    _, path = sealed
    change, why = UNOPENABLE[how]
    path.write_text("".join(change(lines_of(path))), "utf-8")

    code, said = import_rescue(path)

    assert code == 0, said
    assert "refused: 1." in said and "line 2, sealed: " in said and why in said
    stored = counts()
    assert stored["Visit"] + stored["Observation"] + stored["Photo"] + stored["Sound"] == 6


@pytest.mark.engine("sqlite")
def test_the_phone_sends_the_same_after_its_sealed_file_was_taken_in(olga, sealed, import_rescue):
    phone, path = sealed
    import_rescue(path)

    later = olga.post("/api/v1/sync", json={"observations": [{**phone["observations"][0], "utility": 5}]})

    assert later.get_json()["results"][0]["status"] == 409, "another content under a number that was given"
