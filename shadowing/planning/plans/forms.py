"""What the pages of plans and of open slots send. What fits is said by the schemas, for pages and API alike."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from shadowing.core.forms import PageForm

#: Where a refusal of the schemas or of the rules stands on the page; what has no field there stands over the form.
AT_FIELDS = {
    "starts_at": "day",
    "touchpoint_ids": "touchpoint_id",
    "touchpoint_ids.0": "touchpoint_id",
    "repeat": "every",
    "repeat.every": "every",
    "repeat.times": "times",
    **dict.fromkeys(("journey_id", "revision", "series", "state"), ""),
}


class AssignForm(PageForm):
    """A plan: where, who, when, whom, how often. step: of the button that was pressed; revision: of what was seen.

    customer_label is named when the journey is known.
    """

    journey_id = StringField()
    observer_id = StringField(_l("Observer"))
    touchpoint_id = StringField(_l("Where to look"))
    channel = StringField(_l("Channel"))
    site_id = StringField(_l("Site"))
    day = StringField(_l("Day"))
    time = StringField(_l("Time"))
    kind = StringField(_l("Kind"))
    mode = StringField(_l("How"))
    persona_id = StringField(_l("Persona"))
    scenario = StringField(_l("Scenario"))
    customer_label = StringField()
    companion_id = StringField(_l("Who walks along"))
    second_observer_id = StringField(_l("Second observer, for a double-shadowed visit"))
    every = StringField(_l("Again every"))
    times = StringField(_l("So many times in all"))
    note = StringField(_l("Note for the observer"))
    series = StringField()
    revision = StringField(default="0")
    step = StringField(default="save")

    def fill_in(self, said: dict[str, str]) -> None:
        """Where nothing was sent."""
        for name, text in said.items():
            if not self[name].raw_data:
                self[name].data = text

    @property
    def said(self) -> dict[str, str]:
        return {field.name: field.data or "" for field in self}


class SlotForm(PageForm):
    """step: take, give_back or decline, with a reason. seen: the revision of the plan that was looked at."""

    step = StringField(default="")
    plan = StringField(default="")
    reason = StringField(_l("Why, in a few words"), default="")

    def __init__(self, said: Any = None, **kept: Any) -> None:
        super().__init__(said, **kept)
        self.seen = (said or {}).get(f"revision_{self.plan.data}", "0")
