"""Mail servers and how they are written."""

import pytest

from shadowing.core.mail import BadAddress, Undelivered, address_of, compose, parse, send


@pytest.mark.parametrize(
    ("said", "scheme", "host", "port", "user", "password", "sender"),
    [
        ("smtp://mail.a.example", "smtp", "mail.a.example", 587, "", "", "shadowing@mail.a.example"),
        ("mail.a.example:25", "smtp", "mail.a.example", 25, "", "", "shadowing@mail.a.example"),
        ("smtps://u%40a:p%3A@h:465?from=x@y.zz", "smtps", "h", 465, "u@a", "p:", "x@y.zz"),
        ("smtp://robot@a.example:pw@h", "smtp", "h", 587, "robot@a.example", "pw", "robot@a.example"),
        ("smtp://[::1]:2525", "smtp", "::1", 2525, "", "", "shadowing@::1"),
    ],
)
def test_addresses(said, scheme, host, port, user, password, sender):
    server = parse(said)

    assert (server.scheme, server.host, server.port, server.user, server.password, server.sender) == (
        scheme,
        host,
        port,
        user,
        password,
        sender,
    )


@pytest.mark.parametrize("said", ["", "http://a", "smtp://", "a b", "smtp://h:port", "smtp://h/path", "h\x00"])
def test_what_is_no_address(said):
    with pytest.raises(BadAddress):
        parse(said)


@pytest.mark.parametrize("host", ["mail.a.example", "mail.a.example:465", "mail.a.example:25"])
def test_what_is_put_together_can_be_read(host):
    server = parse(address_of(host, "us:er@x", "p/w@?#%"))

    assert (server.user, server.password) == ("us:er@x", "p/w@?#%")
    assert server.scheme == ("smtps" if host.endswith("465") else "smtp")


def test_a_server_is_named_so_that_it_can_be_read_again():
    assert str(parse("smtp://[::1]:25")) == "[::1]:25"
    assert parse(str(parse("[fe80::1]:2525"))).host == "fe80::1"


@pytest.mark.parametrize(
    ("sender", "to"),
    [("no address", "a@b.cc"), ("a@b.cc", "two@at@b.cc"), ("a@b.cc", ""), ("a@b.cc", "ä\x00@b")],
)
def test_addresses_that_are_none_are_not_delivered(sender, to):
    with pytest.raises(Undelivered):
        send(parse("127.0.0.1:9", sender), to, "s", "t")


def test_a_subject_cannot_carry_headers():
    with pytest.raises(ValueError):
        compose("a@b.cc", "d@e.ff", "hello\nBcc: everybody@x.yy", "text")


def test_a_password_is_not_sent_in_the_clear_to_another_machine(monkeypatch):
    class Plain:
        def __init__(self, *_, **__): ...
        def __enter__(self):
            return self

        def __exit__(self, *_): ...
        def ehlo(self): ...
        def has_extn(self, _):
            return False

        def login(self, *_):
            pytest.fail("the password was sent")

    monkeypatch.setattr("shadowing.core.mail.smtplib.SMTP", Plain)

    with pytest.raises(Undelivered, match="no encryption"):
        send(parse("smtp://u:p@mail.a.example"), "a@b.cc", "s", "t")


def test_nobody_listens():
    with pytest.raises(Undelivered):
        send(parse("127.0.0.1:9"), "a@b.cc", "s", "t")
