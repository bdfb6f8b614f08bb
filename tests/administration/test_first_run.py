"""An empty installation becomes one that walks: who you are, the organisation, a journey, a test mail."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import func, select

from shadowing.administration.logo import BadMark, small_square
from shadowing.core.database import db
from shadowing.journeys.models import Journey
from shadowing.people.links import setup_code
from shadowing.people.models import Organisation, Person, Site

YOU = {"name": "Rui Alves", "email": "rui@riverside.example", "password": "kettle orbit mango"}
HOME = {
    "name_en": "Riverside General",
    "name_zh": "河畔医院",
    "time_zone": "Asia/Shanghai",
    "served": "patients",
    "colour": "#0b4f4c",
    "languages": ["en", "zh"],
    "first_language": "zh",
}


def page(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def rui(bare, as_):
    """The first administrator, in the middle of the first run."""
    client = as_(None)
    answer = client.post("/setup/you", data={**YOU, "code": setup_code()})
    assert answer.status_code == 303
    return client


def home():
    db.session.rollback()
    return db.session.scalars(select(Organisation)).one()


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_every_way_in_leads_to_the_first_run(bare, as_):
    client = as_(None)

    assert client.get("/").location == "/sign-in"
    assert client.get("/sign-in").location == "/setup"
    assert "Ten minutes" in page(client.get("/setup"))


def test_the_code_keeps_passers_by_out(bare, as_):
    client = as_(None)

    answer = client.post("/setup/you", data={**YOU, "code": "AAAA-AAAA"})

    assert answer.status_code == 422
    assert "not the code" in page(answer)
    assert count(Person) == 0


def test_codes_cannot_be_tried_for_ever(bare, as_):
    client = as_(None)
    for _ in range(60):
        client.post("/setup/you", data={**YOU, "code": "AAAA-AAAA"})

    assert client.post("/setup/you", data={**YOU, "code": setup_code()}).status_code == 429


@pytest.mark.parametrize("said", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_the_code_is_taken_as_people_type_it(bare, as_, said):
    assert as_(None).post("/setup/you", data={**YOU, "code": said(setup_code())}).status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Fill in your name"),
        ("email", "rui", "Add the part after the @"),
        ("password", "short", "10 to 256"),
        ("password", "aaaaaaaaaaaa", "easily guessed"),
        ("password", "rui@riverside.example", "easily guessed"),
        ("password", "Rui Alves 2026!", "easily guessed"),
        ("email", "x" * 300 + "@a.b", "at most 254"),
    ],
)
def test_what_needs_another_look_is_said_and_nothing_is_made(bare, as_, field, value, sentence):
    answer = as_(None).post("/setup/you", data={**YOU, "code": setup_code(), field: value})

    assert answer.status_code == 422
    assert sentence in page(answer)
    assert count(Person) == 0


def test_only_the_first_may_take_it(rui, as_):
    second = as_(None)

    assert second.post("/setup/you", data={**YOU, "email": "x@y.zz", "code": setup_code()}).status_code == 410
    assert second.get("/setup").status_code == 302
    assert count(Person) == 1


def test_from_nothing_to_a_first_walk(rui):
    assert "Your organisation" in page(rui.get("/setup"))

    answer = rui.post("/setup", data={**HOME, "pack": "hospital_outpatient", "step": "open"})

    assert answer.location == "/people"
    kept = home()
    assert (kept.name["zh"], kept.time_zone, kept.served, kept.languages) == (
        "河畔医院",
        "Asia/Shanghai",
        "patients",
        ["zh", "en"],
    )
    carried = rui.get("/api/v1/carry").get_json()
    assert [journey["name"]["en"] for journey in carried["journeys"]] == ["Outpatient visit"]
    assert [site["name"]["en"] for site in carried["sites"]] == ["Riverside General"]
    assert rui.get("/setup").location == "/settings"


def test_the_first_run_ends_once(rui):
    for _ in range(2):
        rui.post("/setup", data={**HOME, "pack": "hospital_outpatient", "step": "open"})

    assert (count(Journey), count(Site), count(Organisation)) == (1, 1, 1)


def test_a_pack_is_no_duty_and_an_unknown_one_is_none(rui):
    rui.post("/setup", data={**HOME, "pack": "../../etc/passwd", "step": "open"})

    assert count(Journey) == 0


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name_en", "", None),
        ("time_zone", "Mars/Olympus", "Choose one of the list"),
        ("served", "victims", "Choose one of the list"),
        ("languages", [], "one language at least"),
        ("colour", "red", "#07505a"),
        ("colour", "#f4b740", "dark enough"),
    ],
)
def test_the_organisation_is_checked_field_by_field(rui, field, value, sentence):
    answer = rui.post("/setup", data={**HOME, field: value, "step": "open"})

    assert answer.status_code == (303 if sentence is None else 422)
    if sentence:
        assert sentence in page(answer)
        assert "Riverside General" in page(answer), "what was filled in is still there"
        assert count(Organisation) == 0


def test_a_colour_too_light_comes_back_with_one_that_works(rui):
    answer = page(rui.post("/setup", data={**HOME, "colour": "#f4b740", "step": "open"}))

    offered = re.search(r"(#[0-9a-f]{6}) is the same colour", answer)[1]
    assert rui.post("/setup", data={**HOME, "colour": offered, "step": "open"}).status_code == 303


def picture(size=(300, 200), kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", size, "#123456").save(out, kind)
    out.seek(0)
    return out


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_the_mark_is_served_small_and_square(rui, as_, kind):
    rui.post("/setup", data={**HOME, "mark": (picture(kind=kind), "mark"), "step": "mail"})

    answer = as_(None).get("/mark.png")
    with Image.open(io.BytesIO(answer.data)) as opened:
        assert (answer.mimetype, opened.format, opened.size) == ("image/png", "PNG", (192, 192))
    rui.post("/setup", data={**HOME, "letter_only": "y", "step": "mail"})
    assert as_(None).get("/mark.png").status_code == 404


def test_a_mark_that_is_no_picture_is_said_and_the_rest_waits(rui):
    drawn = io.BytesIO(b"<svg onload=alert(1)>")

    answer = rui.post("/setup", data={**HOME, "mark": (drawn, "mark.png"), "step": "open"})

    assert answer.status_code == 422
    assert "cannot be read" in page(answer)


@pytest.mark.parametrize(
    ("raw", "why"), [(b"x" * (2**20 + 1), "too_large"), (b"", "unreadable"), (b"\x89PNG\r\n\x1a\n", "unreadable")]
)
def test_what_is_no_mark(raw, why):
    with pytest.raises(BadMark, match=why):
        small_square(raw)


def test_a_damaged_note_of_the_camera_is_no_reason_to_refuse_a_mark():
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112], exif[0x0100] = 6, 64
    Image.new("RGB", (64, 48)).save(out, "JPEG", exif=exif)
    damaged = out.getvalue().replace(b"\x01\x00\x00\x04\x00\x00\x00\x01", b"\x01\x00\x00\x0b\x00\x00\x00\x01")
    assert damaged != out.getvalue()

    assert small_square(damaged).startswith(b"\x89PNG")


def test_a_mark_of_many_pixels_in_few_bytes_is_not_opened():
    with pytest.raises(BadMark, match="too_large"):
        small_square(picture((5000, 5000)).getvalue())


def test_the_test_mail_comes_and_somebody_says_so(rui, postbox):
    mail = {"server": postbox.address, "sender": "shadowing@riverside.example"}

    assert rui.post("/setup", data={**HOME, **mail, "step": "mail"}).location == "/setup#mail"

    assert postbox.mails[-1]["To"] == "rui@riverside.example"
    assert "Has it come?" in page(rui.get("/setup"))
    rui.post("/setup", data={**HOME, **mail, "step": "came"})
    assert home().mail_came_at


def test_a_mail_that_is_refused_is_told_in_the_servers_words(rui, postbox):
    postbox.refuse = "554 not from here"

    rui.post("/setup", data={**HOME, "server": postbox.address, "sender": "a@b.cc", "step": "mail"})

    assert "554 not from here" in page(rui.get("/setup"))


def test_no_mail_server_is_a_sentence_too(rui):
    rui.post("/setup", data={**HOME, "server": "127.0.0.1:9", "sender": "a@b.cc", "step": "mail"})

    assert "did not leave" in page(rui.get("/setup"))


@pytest.mark.parametrize("server", ["nonsense server", "http://x", "host:notaport", "a/b"])
def test_what_is_no_server_is_not_kept(rui, server):
    answer = rui.post("/setup", data={**HOME, "server": server, "sender": "a@b.cc", "step": "open"})

    assert answer.status_code == 422
    assert "mail.example.org:587" in page(answer)


def test_sixteen_bits_of_grey_keep_their_tones():
    out = io.BytesIO()
    Image.new("I;16", (300, 300), 128 * 257).save(out, "PNG")

    with Image.open(io.BytesIO(small_square(out.getvalue()))) as mark:
        assert mark.getpixel((96, 96)) == (128, 128, 128, 255)
