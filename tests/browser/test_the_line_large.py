"""The same line on a larger installation: PostgreSQL, photos on S3, two web processes, a worker beside them."""

import io

import psycopg
import pytest
from PIL import Image

from tests.browser import test_the_line as line
from tests.support.fleet import Fleet
from tests.support.seaweed import BUCKET

photos = line.photos  # the same fixture
TABLES = ("visit", "observation", "photo")


@pytest.fixture
def fleet(postgres, bucket, tmp_path):
    name = postgres.make()
    settings = {"SHADOWING_DATABASE_URL": postgres.address(name), **bucket.settings()}
    made = Fleet(tmp_path / "instance", settings)
    made.instance.mkdir()
    made.command("demo")
    yield made
    made.kill()
    postgres.drop(name)


def counts(server):
    address = server.settings["SHADOWING_DATABASE_URL"].replace("+psycopg", "")
    with psycopg.connect(address) as database:
        return {t: database.execute(f"select count(*) from {t}").fetchone()[0] for t in TABLES}


def photos_are_clean(bucket):
    """Whether no byte of position or camera is left in anything the bucket keeps."""

    def clean(server, _visit_id):
        client, prefix = bucket.client(), server.settings["SHADOWING_PHOTO_STORE"].rpartition("/")[2]
        kept = [o["Key"] for o in client.list_objects_v2(Bucket=BUCKET, Prefix=f"{prefix}/")["Contents"]]
        kept = [key for key in kept if not key.endswith("/check")]
        pictures = [Image.open(io.BytesIO(client.get_object(Bucket=BUCKET, Key=key)["Body"].read())) for key in kept]
        return bool(kept) and not any(picture.getexif() or "exif" in picture.info for picture in pictures)

    return clean


def test_the_line_on_postgresql_s3_and_several_processes(
    running,
    browser,
    fleet,
    bucket,
    photos,
    tmp_path,
    monkeypatch,
):
    monkeypatch.setattr(line, "counts", counts)
    monkeypatch.setattr(line, "received_photos_are_clean", photos_are_clean(bucket))

    line.test_a_visit_walked_offline_reaches_the_executive_exactly_once(
        running, browser, fleet, photos, tmp_path, zh=False
    )
