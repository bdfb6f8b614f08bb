"""Both stores keep the same promises; whatever a store cannot do is an OSError."""

import builtins
import time

import pytest

from shadowing.core.bytes.s3 import NotInstalled, S3Store
from shadowing.core.bytes.store import FolderStore, received_key, stored_key
from tests.support.server import free_port

KEY = stored_key("ab" * 32, 1600)


@pytest.fixture(params=["folder", "s3"])
def kept(request, tmp_path):
    if request.param == "folder":
        return FolderStore(tmp_path / "photos")
    settings = request.getfixturevalue("bucket").settings()
    return S3Store(settings["SHADOWING_PHOTO_STORE"], settings["SHADOWING_S3_ENDPOINT"])


def test_bytes_come_back_as_they_went(kept):
    raw = bytes(range(256)) * 2000

    kept.put(KEY, raw)

    assert kept.exists(KEY)
    assert kept.get(KEY) == raw


def test_the_same_key_again_replaces(kept):
    kept.put(KEY, b"one")
    kept.put(KEY, b"two")

    assert kept.get(KEY) == b"two"


def test_what_is_gone_is_gone_and_may_go_twice(kept):
    kept.put(KEY, b"one")
    kept.delete(KEY)
    kept.delete(KEY)

    assert not kept.exists(KEY)
    with pytest.raises(KeyError):
        kept.get(KEY)


def test_keys_do_not_meet_and_the_store_says_that_it_works(kept):
    kept.put(received_key("a1b2", "cd" * 32), b"received")
    kept.check()

    assert not kept.exists(KEY)
    assert kept.get(received_key("a1b2", "cd" * 32)) == b"received"


def test_two_prefixes_of_a_bucket_do_not_meet(bucket):
    one, two = (S3Store(s["SHADOWING_PHOTO_STORE"], bucket.endpoint) for s in (bucket.settings(), bucket.settings()))
    one.put(KEY, b"one")

    assert not two.exists(KEY)


def test_wrong_keys_are_refused_as_something_the_store_cannot_do(bucket, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")

    with pytest.raises(OSError, match="refuses put_object"):
        S3Store(f"{bucket.settings()['SHADOWING_PHOTO_STORE']}", bucket.endpoint).put(KEY, b"one")


def test_a_bucket_that_does_not_answer_is_told_soon(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "any")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "any")
    began = time.monotonic()

    with pytest.raises(OSError, match="does not answer"):
        S3Store("s3://photos", f"http://127.0.0.1:{free_port()}").put(KEY, b"one")
    assert time.monotonic() - began < 20


def test_without_credentials_a_sentence(monkeypatch, bucket):
    for name in bucket.keys:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    with pytest.raises(OSError, match="credentials"):
        S3Store("s3://photos", bucket.endpoint).check()


def test_without_boto3_a_sentence(monkeypatch):
    imported = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("boto"):
            raise ImportError(name)
        return imported(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NotInstalled, match="pip install boto3"):
        S3Store("s3://photos").check()


def test_an_address_without_a_bucket_is_refused():
    with pytest.raises(ValueError, match="names no bucket"):
        S3Store("s3://")
