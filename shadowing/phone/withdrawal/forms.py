"""What the customer's page sends."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError

from shadowing.core.forms import PageForm
from shadowing.phone.withdrawal.codes import Mistyped, read_code


class CodeForm(PageForm):
    """A code as it was written down; of what cannot be one, only the beginning is shown again."""

    code = StringField(_l("Your code"), filters=[lambda said: said[:40]], default="")

    def validate_code(self, field: Any) -> None:
        try:
            known = read_code(field.data)
        except Mistyped as mistyped:
            raise ValidationError(_l("One sign is mistyped: compare it with your picture.")) from mistyped
        if known is None:
            raise ValidationError(_l("A code has seven letters and digits, an older one six."))
