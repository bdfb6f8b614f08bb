"""What the page of webhooks sends."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError
from wtforms.validators import InputRequired, Length

from shadowing.core.forms import PageForm
from shadowing.core.text import one_line


class WebhookForm(PageForm):
    """address: http or https, without a name and password in it."""

    address = StringField(
        _l("Address"),
        [InputRequired(_l("Say where to send it.")), Length(max=500)],
        filters=[lambda said: one_line(said or "")],
    )

    def validate_address(self, field: StringField) -> None:
        told = _("An address begins with https:// or http://, and has no user and no password in it.")
        try:
            parts = urlsplit(field.data or "")
            sound = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
            _port = parts.port
        except ValueError:
            sound = False
        if not sound:
            raise ValidationError(told)
