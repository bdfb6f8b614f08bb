"""What the forms of all rooms share: a few kinds of fields, and a refusal's sentences at its fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, IntegerField, StringField, ValidationError
from wtforms.validators import Length

from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import Words

CHOOSE = _l("Choose one of the list.")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
TOO_LONG = _l("This is too long; %(max)d signs at most.")
#: What WTForms says -> what we say. Values made by hand and texts that are too long meet these.
OURS = {
    "Not a valid choice.": CHOOSE,
    "Invalid Choice: could not coerce.": CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": CHOOSE,
    "'%(value)s' is not a valid choice for this field.": CHOOSE,
    "Field cannot be longer than %(max)d character.": TOO_LONG,
}


class OwnSentences:
    """Our sentences for those that fields and validators of WTForms bring along, whatever their count."""

    def gettext(self, theirs: str) -> str:
        return str(OURS.get(theirs, theirs))

    def ngettext(self, theirs: str, _many: str, _count: int) -> str:
        return self.gettext(theirs)


class PageForm(Form):
    """The base of every form a page sends: what WTForms says by itself comes in the reader's language too."""

    class Meta:
        def get_translations(self, form: Form) -> OwnSentences:
            return OwnSentences()


class WholeNumberField(IntegerField):
    """From `least` to `most`, in the signs 0 to 9; what was typed is shown again. Empty is None, unless needed.

    wrong: a sentence of its own for whatever does not fit.
    """

    def __init__(
        self, label: Any = None, *, least: int, most: int, needed: bool = False, wrong: Any = None, **options: Any
    ) -> None:
        super().__init__(label, **options)
        self.least, self.most, self.needed, self.wrong = least, most, needed, wrong

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = our_id(valuelist[0].strip()) if valuelist else None

    def pre_validate(self, form: Any) -> None:
        if not self._value().strip():
            if self.needed:
                raise ValidationError(self.wrong or _("Write a number."))
        elif self.data is None or not self.least <= self.data <= self.most:
            sentence = _("Write a whole number from %(least)s to %(most)s.", least=self.least, most=self.most)
            raise ValidationError(self.wrong or sentence)


class NumberField(StringField):
    """From `least` to `most`, with a decimal point or comma; what was typed is shown again.

    number: what it says; None where it is empty, which is refused when it is needed.
    """

    def __init__(self, label: Any = None, *, least: int, most: int, needed: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self.least, self.most, self.needed = least, most, needed

    @property
    def number(self) -> float | None:
        said = (self.data or "").strip().replace(",", ".")
        return float(said) if _NUMBER.fullmatch(said) else None

    def pre_validate(self, form: Any) -> None:
        if not (self.data or "").strip():
            if self.needed:
                raise ValidationError(_("Write a number."))
        elif self.number is None or not self.least <= self.number <= self.most:
            raise ValidationError(_("Write a number from %(least)s to %(most)s.", least=self.least, most=self.most))


class ChoiceField(StringField):
    """One slug of a closed list (slug -> its words). wrong: the sentence for anything else, which otherwise is ""."""

    def __init__(self, label: Any = None, *, known: Mapping[Any, Any], wrong: Any = None, **options: Any) -> None:
        super().__init__(label, **options)
        self.known, self.wrong = known, wrong

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return list(self.known.items())

    def process_formdata(self, valuelist: list[str]) -> None:
        said = valuelist[0] if valuelist else ""
        self.data = said if self.wrong or said in self.known else ""

    def pre_validate(self, form: Any) -> None:
        if self.wrong and self.data not in self.known:
            raise ValidationError(self.wrong)


def text_field(most: int, too_long: Any, tidy: Callable[[str], str], label: Any = None) -> Any:
    """Text of at most so many signs, tidied first; one that is not sent is empty."""
    return StringField(label, [Length(max=most, message=too_long)], filters=[tidy], default="")


def both(form: Any, name: str) -> Words | None:
    """{en, zh} of two fields, a side that is empty filled from the other; None when both are."""
    en, zh = (form[f"{name}_{language}"].data or "" for language in ("en", "zh"))
    return Words(en=en or zh, zh=zh or en) if en or zh else None


def both_data(name: str, words: Words | None) -> dict[str, str]:
    """What the two fields are filled with."""
    return {f"{name}_en": words["en"], f"{name}_zh": words["zh"]} if words else {}


def sent(form: Any) -> dict[str, str]:
    """Name of the field -> its text, of those that were sent at all."""
    return {field.name: field.data for field in form if field.raw_data and isinstance(field.data, str)}


def apart(form: Any, where: str) -> Any:
    """For forms of one kind on one page, where an id stands once."""
    for field in form:
        field.id = f"{where}-{field.name}"
    return form


def put_errors(form: Any, problem: Problem, fields: Mapping[str, str] | None = None) -> None:
    """Each sentence of a refusal at its field; one that names none stands over the form.

    fields: path in the problem -> name of the field, where they differ.
    """
    known = {field.name: field for field in form}
    for path, sentence in problem.errors or [("", problem.sentence)]:
        field = known.get((fields or {}).get(path, path))
        if field is None:
            form.form_errors.append(str(sentence))
        else:
            field.errors = [*field.errors, str(sentence)]
