"""What the ways in share: joining, a new password over a link, one's own account. Their routes are one blueprint."""

from __future__ import annotations

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.routes import Routes
from shadowing.people import sessions
from shadowing.people.accounts import Refused, set_password
from shadowing.people.forms import NewPasswordForm
from shadowing.people.models import Person

pages = Routes("letting_in", __name__)


def let_in(person: Person) -> None:
    """This browser is that person's from now on, and nobody else's. Commits."""
    sessions.begin(person)
    db.session.commit()


def accept_password(form: NewPasswordForm, person: Person) -> bool:
    """The password is set, or the form says why not."""
    try:
        set_password(person, form.password.data or "", clock.now())
    except Refused as refused:
        form.password.errors = [str(refused)]
        return False
    return True
