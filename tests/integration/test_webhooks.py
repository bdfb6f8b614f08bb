"""Other programs are told: signed, once, tried again, never elsewhere, and one dead address stops nobody."""

import contextlib
import hmac
import json
import threading
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from shadowing.backlog.drafting import note_event
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.jobs.models import Job
from shadowing.integration.webhooks.dispatch import LOG_DAYS, LOOK_BACK, forget_old, put_in_line
from shadowing.integration.webhooks.models import Webhook, WebhookDelivery
from shadowing.integration.webhooks.sending import NotTaken, tell
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401
from tests.conftest import work
from tests.support.fields import error_at


@contextlib.contextmanager
def a_program(answers=()):
    """Listens; answers with these, then with 204. What came: (headers, body)."""
    came, left = [], list(answers)

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self):
            came.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            status = left.pop(0) if left else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/in?key=1", came
    server.shutdown()
    server.server_close()
    thread.join()


def add(anna, address):
    answer = anna.post("/settings/webhooks", data={"address": address})
    db.session.rollback()
    return answer


def log():
    db.session.rollback()
    return [
        (row.state, row.tries, row.answer) for row in db.session.query(WebhookDelivery).order_by(WebhookDelivery.id)
    ]


def text_of(answer):
    return answer.get_data(as_text=True)


def forget_the_pause():
    with writing():
        db.session.rollback()
        db.session.query(Webhook).update({"failed_at": None})
        db.session.query(Job).filter_by(kind="webhook").update({"run_at": clock.now() - timedelta(seconds=1)})
        db.session.commit()


def test_what_happens_is_told_once_signed_and_stands_in_the_log(app, failing, lena, anna):  # noqa: F811
    with a_program() as (address, came):
        assert add(anna, address).status_code == 303
        secret = db.session.query(Webhook).one().secret
        patch(lena, failing, state="declined", reason="There are chairs around the corner.")
        work(app)
        work(app)

        ((headers, body),) = came
        signed = hmac.new(secret.encode(), headers["Shadowing-Timestamp"].encode() + b"." + body, sha256).hexdigest()
        assert headers["Shadowing-Signature"] == f"sha256={signed}"
        told = json.loads(body)
        assert (told["kind"], told["after"], told["improvement"]["id"]) == ("state", "declined", str(failing.id))
        assert log() == [("sent", 1, "204")]
        page = text_of(anna.get("/settings/webhooks"))
        assert secret in page and "arrived" in page


def test_what_was_before_is_not_told_and_comments_never(app, failing, lena, anna):  # noqa: F811
    with a_program() as (address, came):
        add(anna, address)
        lena.post(f"/improvements/{failing.id}/comments", data={"words": "Between us."})
        work(app)

        assert came == [] and log() == []


def test_a_no_is_tried_again_until_it_is_taken(app, failing, lena, anna):  # noqa: F811
    with a_program([500, 302]) as (address, came):
        add(anna, address)
        patch(lena, failing, due="2027-01-31")
        work(app)
        assert log() == [("waiting", 1, "500")]
        forget_the_pause()
        work(app)
        assert log() == [("waiting", 2, "302")], "who sends us elsewhere is not followed"
        forget_the_pause()
        work(app)

        assert log() == [("sent", 3, "204")]
        assert len(came) == 3


def test_a_dead_address_is_tried_once_a_minute_and_stops_no_other(app, failing, lena, anna):  # noqa: F811
    with a_program() as (address, came):
        add(anna, "http://127.0.0.1:1/nobody")
        add(anna, address)
        patch(lena, failing, due="2027-01-31")
        patch(lena, fresh(failing), due="2027-02-28")
        work(app)

        dead, alive = (row.id for row in db.session.query(Webhook).order_by(Webhook.id))
        by_address = {id: [] for id in (dead, alive)}
        for row in db.session.query(WebhookDelivery).order_by(WebhookDelivery.id):
            by_address[row.webhook_id].append((row.state, row.tries))
        assert by_address[dead] == [("waiting", 1), ("waiting", 0)]
        assert by_address[alive] == [("sent", 1), ("sent", 1)]
        assert len(came) == 2


def test_after_a_day_it_is_given_up(app, failing, lena, anna):  # noqa: F811
    add(anna, "http://127.0.0.1:1/nobody")
    patch(lena, failing, due="2027-01-31")
    with writing():
        db.session.rollback()
        put_in_line(clock.now())
        delivery = db.session.query(WebhookDelivery).one()
        id, delivery.asked_at = delivery.id, clock.now() - timedelta(hours=25)
        db.session.commit()

    with writing():
        tell({"delivery_id": id})

    assert log()[0][0] == "failed"


def test_a_trial_and_an_end(app, failing, lena, anna):  # noqa: F811
    with a_program() as (address, came):
        add(anna, address)
        id = db.session.query(Webhook).one().id
        assert anna.post(f"/settings/webhooks/{id}/trial").status_code == 303
        work(app)
        assert json.loads(came[0][1])["kind"] == "trial"

        anna.post(f"/settings/webhooks/{id}/end")
        patch(lena, failing, due="2027-01-31")
        work(app)
        assert len(came) == 1
        assert anna.post(f"/settings/webhooks/{id}/trial").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["", "ftp://host/x", "https://", "https://user:word@host/", "host/x", "http://[::1", "http://h:99999999/"],
)
def test_an_address_that_is_none_is_refused_at_its_field(anna, address):
    answer = add(anna, address)

    assert answer.status_code == 422
    assert error_at(answer, "address")
    assert db.session.query(Webhook).count() == 0


def test_only_administrators_see_addresses_and_secrets(anna, lena, emil, olga):
    for client in (lena, emil, olga):
        assert client.get("/settings/webhooks").status_code == 403
        assert client.post("/settings/webhooks", data={"address": "https://x.example"}).status_code == 403
    assert "/settings/webhooks" in text_of(anna.get("/settings"))


def test_a_refusal_is_an_error_the_worker_tries_again():
    assert issubclass(NotTaken, OSError)


def test_a_first_burst_is_told_whole(app, failing, lena, anna):  # noqa: F811
    add(anna, "http://127.0.0.1:1/nobody")
    with writing():
        db.session.rollback()
        item = fresh(failing)
        now = clock.now()
        for number in range(LOOK_BACK + 300):
            note_event(item, "due", now, before=None, after=f"2027-01-{number % 28 + 1:02}")
        db.session.commit()
        while put_in_line(now):
            pass

    assert len(log()) == LOOK_BACK + 300


def test_the_log_ends_after_a_month_and_nothing_is_told_again(app, failing, lena, anna):  # noqa: F811
    with a_program() as (address, came):
        add(anna, address)
        patch(lena, failing, due="2027-01-31")
        work(app)
        with writing():
            db.session.rollback()
            forget_old(clock.now() + LOG_DAYS - timedelta(hours=1))
            assert db.session.query(WebhookDelivery).count() == 1
            forget_old(clock.now() + LOG_DAYS + timedelta(hours=1))
            assert db.session.query(WebhookDelivery).count() == 0
            db.session.commit()
            assert put_in_line(clock.now() + LOG_DAYS) == 0
        assert len(came) == 1


def test_what_waited_a_day_for_a_dead_address_is_given_up_without_another_try(app, failing, lena, anna):  # noqa: F811
    add(anna, "http://127.0.0.1:1/nobody")
    patch(lena, failing, due="2027-01-31")
    work(app)
    with writing():
        db.session.rollback()
        delivery = db.session.query(WebhookDelivery).one()
        delivery.asked_at = clock.now() - timedelta(hours=25)
        db.session.commit()
        id, answer = delivery.id, delivery.answer
        tell({"delivery_id": id})

    assert log() == [("failed", 1, answer)]
