"""The forms of administrators."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Optional

from shadowing.administration.brand_colour import NEEDED, BadColour, contrast_with_white, parse, readable
from shadowing.core import clock, mail
from shadowing.core.forms import CHOOSE, PageForm, WholeNumberField
from shadowing.core.i18n import LANGUAGES, words
from shadowing.core.vocabulary import ROLE_DEEDS, SERVED, SITE_KINDS, Words
from shadowing.journeys.served import served_choice
from shadowing.people.accounts import EMAIL
from shadowing.people.forms import LONG_EMAIL, LONG_NAME, email_field, tidy
from shadowing.people.invitations import DAYS, MOST_USES
from shadowing.people.models import INVITED_ROLES


def time_zones() -> list[tuple[str, str]]:
    """(name, name with the time there now), by name; without the doubles that only history needs."""
    now = clock.now()
    clocks = {zone: clock.clock_face(now, ZoneInfo(zone)) for zone in _named_zones()}
    return [(zone, gettext("%(zone)s, %(time)s now", zone=zone, time=time)) for zone, time in clocks.items()]


@cache
def _named_zones() -> tuple[str, ...]:
    return tuple(sorted(zone for zone in available_timezones() if zone == "UTC" or _is_a_place(zone)))


def _is_a_place(zone: str) -> bool:
    area, _, place = zone.partition("/")
    return bool(place) and area not in ("Etc", "SystemV", "US", "posix", "right", "Brazil", "Canada", "Chile", "Mexico")


class BothNames(PageForm):
    """A name in each of the organisation's languages; one is enough. step: of the button that was pressed."""

    step = StringField(default="")
    name_en = StringField(_l("Name in English"), [LONG_NAME], filters=[tidy])
    name_zh = StringField(_l("Name in Chinese"), [LONG_NAME], filters=[tidy])

    def validate(self, extra_validators: Any = None) -> bool:
        fine: bool = super().validate(extra_validators)
        if not (self.name_en.data or self.name_zh.data):
            self.name_en.errors = [gettext("Fill in a name in one language at least.")]
            return False
        return fine

    def names(self) -> Words:
        """A side that is empty is filled from the other."""
        return Words(en=self.name_en.data or self.name_zh.data, zh=self.name_zh.data or self.name_en.data)


class OrganisationForm(BothNames):
    """Who we are, as customers and colleagues see it. The mark comes as a file beside; pack: of the first run."""

    time_zone = SelectField(_l("Time zone"), validate_choice=False)
    served = SelectField(_l("People we serve are called"), validate_choice=False)
    colour = StringField(_l("Colour"), filters=[tidy])
    contact = StringField(_l("Contact"), [LONG_NAME], filters=[tidy])
    languages = SelectMultipleField(_l("Languages"), validate_choice=False)
    first_language = SelectField(_l("First language"), validate_choice=False)
    letter_only = BooleanField(_l("Use the letter again"))
    pack = StringField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone.choices = time_zones()
        self.served.choices = [(slug, served_choice(slug)) for slug in SERVED]
        self.languages.choices = self.first_language.choices = list(LANGUAGES.items())

    def validate_time_zone(self, field: Any) -> None:
        if field.data not in available_timezones():
            raise ValidationError(CHOOSE)

    def validate_served(self, field: Any) -> None:
        if field.data not in SERVED:
            raise ValidationError(CHOOSE)

    def validate_colour(self, field: Any) -> None:
        try:
            field.data = parse(field.data or "")
        except BadColour as bad:
            raise ValidationError(_l("Write the colour as #07505a, for example.")) from bad
        contrast = contrast_with_white(field.data)
        if contrast < NEEDED:
            sentence = gettext(
                "White letters on this colour are hard to read (%(contrast)s : 1, needed %(needed)s). "
                "%(colour)s is the same colour, dark enough.",
                contrast=f"{contrast:.1f}",
                needed=NEEDED,
                colour=readable(field.data),
            )
            raise ValidationError(sentence)

    def validate_languages(self, field: Any) -> None:
        field.data = [code for code in LANGUAGES if code in (field.data or [])]
        if not field.data:
            raise ValidationError(_l("Choose one language at least."))

    def spoken(self) -> list[str]:
        """The languages, the first one first."""
        first = [code for code in self.languages.data if code == self.first_language.data]
        return [*first, *(code for code in self.languages.data if code not in first)]


class MailForm(PageForm):
    """A mail server. Nothing filled in: no mail. An empty password keeps the one that is kept."""

    server = StringField(_l("Server"), [Length(max=200)], filters=[tidy])
    sender = StringField(_l("Sends as"), [LONG_EMAIL], filters=[tidy])
    user = StringField(_l("User, if it asks for one"), [Length(max=200)], filters=[tidy])
    password = PasswordField(_l("Its password"), [Length(max=200)])

    def validate_server(self, field: Any) -> None:
        if not field.data:
            return
        try:
            mail.parse(mail.address_of(field.data, "", ""))
        except mail.BadAddress as bad:
            raise ValidationError(_l("Write the server as mail.example.org:587.")) from bad

    def validate_sender(self, field: Any) -> None:
        if self.server.data and not EMAIL.fullmatch(field.data or ""):
            raise ValidationError(_l("Fill in the address that mail comes from: add the part after the @."))


class InvitationForm(PageForm):
    """A poster: who may come by it, how many, how long."""

    name = StringField(
        _l("For whom"), [DataRequired(_l("Say for whom, “Nursing, autumn” for example.")), LONG_NAME], filters=[tidy]
    )
    role = SelectField(_l("May"))
    uses = WholeNumberField(
        _l("Uses"),
        least=1,
        most=MOST_USES,
        needed=True,
        wrong=_l("Fill in a number from 1 to %(most)s.", most=MOST_USES),
    )
    days = SelectField(_l("Ends"), coerce=int)
    department = SelectField(_l("Department"), default="")
    all_sites = BooleanField(_l("All sites, also new ones"))
    sites = SelectMultipleField(_l("Sites"))

    def offer(
        self, roles: tuple[str, ...], departments: list[tuple[str, str]], sites: list[tuple[str, str]], every: bool
    ) -> None:
        """What this reader may choose from. every: whether that is every site."""
        if not every:
            del self.all_sites
        self.role.choices = [(slug, words(ROLE_DEEDS[slug])) for slug in roles if slug in INVITED_ROLES]
        self.days.choices = [(days, gettext("in %(days)s days", days=days)) for days in DAYS]
        self.department.choices = [("", gettext("none")), *departments]
        self.sites.choices = sites


class PersonForm(PageForm):
    """One person, as administrators see them."""

    name = StringField(_l("Name"), [DataRequired(_l("Fill in a name.")), LONG_NAME], filters=[tidy])
    email = email_field(_l("Work e-mail"))
    role = SelectField(_l("May"))
    locale = SelectField(_l("Language"), default="")
    department = SelectField(_l("Department"), default="")
    all_sites = BooleanField(_l("All sites, also new ones"))
    sites = SelectMultipleField(_l("Sites"))

    def validate_email(self, field: Any) -> None:
        if not EMAIL.fullmatch(field.data or ""):
            raise ValidationError(_l("Add the part after the @."))

    def offer(self, departments: list[tuple[str, str]], sites: list[tuple[str, str]]) -> None:
        self.role.choices = [(slug, words(both)) for slug, both in ROLE_DEEDS.items()]
        self.locale.choices = [("", gettext("as their phone says")), *LANGUAGES.items()]
        self.department.choices = [("", gettext("none")), *departments]
        self.sites.choices = sites


class LinkForm(PageForm):
    """step: mail sends the link, anything else shows it."""

    step = StringField(default="")


class DepartmentForm(BothNames):
    """A department's name."""


class SiteForm(BothNames):
    """A site's name, whose it is, and its time."""

    kind = SelectField(_l("Kind"), default="own")
    time_zone = SelectField(_l("Time zone"), [Optional()], default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(slug, words(both)) for slug, both in SITE_KINDS.items()]
        self.time_zone.choices = [("", gettext("the organisation’s")), *time_zones()]
