"""What the settings page and the first run keep: the organisation, its mark, its mail server. Callers commit."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from shadowing.administration.forms import MailForm, OrganisationForm
from shadowing.administration.logo import BadMark, small_square
from shadowing.administration.wording import trial_mail
from shadowing.core import mail
from shadowing.core.database import db
from shadowing.core.i18n import LOCALES, language
from shadowing.core.sentences import plain
from shadowing.people.accounts import organisation
from shadowing.people.letters import mail_server
from shadowing.people.models import Organisation, Person


def organisation_form(said: Any = None) -> OrganisationForm:
    home = organisation()
    named = home.id is not None  # else the neutral name only stands in until there is one
    kept = {
        "name_en": home.name["en"] if named else "",
        "name_zh": home.name["zh"] if named else "",
        "time_zone": home.time_zone,
        "served": home.served,
        "colour": home.colour,
        "contact": home.contact,
        "languages": home.languages,
        "first_language": home.languages[0],
    }
    return OrganisationForm(said, data=kept)


def mail_form(said: Any = None) -> MailForm:
    """Without the password: it is never shown again."""
    kept = organisation().mail
    if not kept:
        return MailForm(said)
    server = mail.parse(kept["address"], kept["sender"])
    return MailForm(said, data={"server": str(server), "sender": server.sender, "user": server.user})


def keep_organisation(form: OrganisationForm, picture: FileStorage | None) -> Organisation:
    """Raises BadMark when the picture cannot be used."""
    home = organisation()
    mark = home.mark
    if picture and picture.filename:
        mark = base64.b64encode(small_square(picture.read())).decode()
    elif form.letter_only.data:
        mark = None
    home.name, home.time_zone, home.served = form.names(), form.time_zone.data, form.served.data
    home.colour, home.languages, home.mark = form.colour.data, form.spoken(), mark
    home.contact = form.contact.data or ""
    db.session.add(home)
    current_app.extensions["languages_offered"].forget()
    return home


def keep_mail(form: MailForm) -> None:
    """No server = no mail. Another server or user asks for its password anew."""
    home = organisation()
    if not form.server.data:
        home.mail, home.mail_came_at = None, None
        return
    before = mail.parse(home.mail["address"], home.mail["sender"]) if home.mail else None
    made = mail.parse(mail.address_of(form.server.data, form.user.data or "", form.password.data or ""))
    if before and not made.password and (before.host, before.port, before.user) == (made.host, made.port, made.user):
        made = mail.parse(mail.address_of(form.server.data, before.user, before.password))
    if made != before:
        home.mail_came_at = None
    address = mail.address_of(str(made), made.user, made.password)
    home.mail = {"address": address, "sender": form.sender.data or ""}


def mail_is_given() -> bool:
    """Whether the settings of the installation name the server, so that no page can."""
    return bool(current_app.config["SHADOWING_MAIL_URL"])


def send_test_mail(to: Person, now: datetime) -> dict[str, Any]:
    """{to, at, encrypted} or {to, at, problem}. Holds no transaction: the server may be slow."""
    said: dict[str, Any] = {"to": to.email, "at": now.isoformat()}
    spoken = to.locale or language()
    subject, text = (plain(each, spoken if spoken in LOCALES else "en") for each in trial_mail())
    try:
        server = mail_server()
        db.session.rollback()
        if server is None:
            return {**said, "problem": gettext("no server is named")}
        return {**said, "encrypted": mail.send(server, said["to"], subject, text)}
    except (mail.BadAddress, mail.Undelivered) as error:
        return {**said, "problem": str(error)[:300]}


def mark_bytes() -> bytes | None:
    """The mark as PNG, when there is one."""
    kept = organisation().mark
    try:
        return base64.b64decode(kept, validate=True) if kept else None
    except binascii.Error:
        return None


MARK_SENTENCES = {
    "too_large": lambda: gettext("This picture is larger than 1 MB. Choose a smaller one."),
    "unreadable": lambda: gettext("This picture cannot be read. PNG, WebP and JPEG can."),
}


def mark_sentence(bad: BadMark) -> str:
    return MARK_SENTENCES[str(bad)]()
