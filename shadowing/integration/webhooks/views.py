"""/settings/webhooks: which addresses are told, how to check what they get, and what became of it."""

from __future__ import annotations

import secrets

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import ADMINS, Routes
from shadowing.integration.webhooks.dispatch import promise
from shadowing.integration.webhooks.forms import WebhookForm
from shadowing.integration.webhooks.models import Webhook, WebhookDelivery
from shadowing.people import audit

pages = Routes("webhooks", __name__)

MOST_TOLD = 50


@pages.get("/settings/webhooks", roles=ADMINS, secret=True)
def index() -> str:
    return _page(WebhookForm())


@pages.post("/settings/webhooks", roles=ADMINS, secret=True, once=True)
def add() -> ResponseReturnValue:
    """Tell this address from now on."""
    form = WebhookForm(request.form)
    if not form.validate():
        return _page(form), 422
    webhook = Webhook(address=form.address.data, secret=secrets.token_hex(32))
    db.session.add(webhook)
    db.session.flush()
    audit.note("add", "webhook", webhook.id, {"address": webhook.address})
    db.session.commit()
    return redirect(url_for("webhooks.index"), 303)


@pages.post("/settings/webhooks/<int(max=2147483647):id>/trial", roles=ADMINS, once=True)
def try_out(id: int) -> ResponseReturnValue:
    """Send something that means nothing."""
    promise(_webhook_or_404(id), None, clock.now())
    db.session.commit()
    wake_worker()
    flash(_("A trial is on its way; what became of it stands below in a moment."))
    return redirect(url_for("webhooks.index"), 303)


@pages.post("/settings/webhooks/<int(max=2147483647):id>/end", roles=ADMINS)
def end(id: int) -> ResponseReturnValue:
    """Tell it nothing from now on; what waits for it is not sent."""
    webhook = _webhook_or_404(id)
    webhook.ended_at = clock.now()
    audit.note("end", "webhook", webhook.id, {"address": webhook.address})
    db.session.commit()
    flash(_("Ended: nothing is sent there any more."))
    return redirect(url_for("webhooks.index"), 303)


def _webhook_or_404(id: int) -> Webhook:
    webhook = db.session.get(Webhook, id)
    if webhook is None or webhook.ended_at is not None:
        raise Problem("not_found")
    return webhook


def _page(form: WebhookForm) -> str:
    webhooks = db.session.scalars(select(Webhook).where(Webhook.ended_at.is_(None)).order_by(Webhook.id)).all()
    log = select(WebhookDelivery).order_by(WebhookDelivery.id.desc()).limit(MOST_TOLD)
    return render_page(
        "integration/webhooks.html", form=form, webhooks=webhooks, deliveries=db.session.scalars(log).all()
    )
