"""What the editor's pages send beside the fields of the draft, which filled_in.py hands over."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from shadowing.authoring.editor.reading import MOST_SIGNS
from shadowing.core.forms import ChoiceField, PageForm
from shadowing.core.vocabulary import STAGE_KINDS
from shadowing.journeys.editing import tidy


class NewJourneyForm(PageForm):
    """source: a pack; else, unless a file comes with it, an empty journey with a name."""

    source = StringField(default="")
    name = StringField(
        _l("An empty one, called"),
        [
            DataRequired(_l("Choose a ready journey, a file, or fill in a name.")),
            Length(max=MOST_SIGNS, message=_l("This name is too long; 120 signs at most.")),
        ],
        filters=[tidy],
        default="",
    )


class DraftForm(PageForm):
    """revision: of the draft that was looked at. do: what else than saving; its part after the colon says to what."""

    revision = StringField(default="")
    do = StringField(default="save")

    @property
    def deed(self) -> tuple[str, str]:
        what, _colon, which = (self.do.data or "").partition(":")
        return what, which


class MapForm(DraftForm):
    """t: what is in hand; key, stage and before: which touchpoint is placed where."""

    t = StringField(default="")
    key = StringField(default="")
    stage = StringField(default="")
    before = StringField(default="")


class ArchiveForm(PageForm):
    """step: archive or open."""

    step = StringField(default="")


class OffMapForm(PageForm):
    """do: take or dismiss; label: of the proposal; stage: where it goes."""

    do = StringField(default="")
    label = StringField(default="")
    stage = ChoiceField(known=STAGE_KINDS)


class NeedForm(PageForm):
    """t: key of the touchpoint, empty for the journey itself."""

    t = StringField(default="")
