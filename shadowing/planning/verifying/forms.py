"""What the pages send that say a fix is live, ask for more visits, or take it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField, StringField

from shadowing.core.forms import PageForm, WholeNumberField
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.planning.verifying.figures import GoLivePage
from shadowing.scoring.statistics.verification import FEWEST, MOST

#: Where a refusal of the change, or of a plan, stands on the page.
AT_FIELDS = {
    "live_at": "sites",
    "planned_visits": "visits",
    "starts_at": "first_day",
    **dict.fromkeys(("state", "revision", "owner", "site_id", "journey_id", "channel", "touchpoint_ids"), ""),
}


class GoLiveForm(PageForm):
    """revision: of the improvement that was looked at; everywhere: at all sites; plan: put the visits into the plan."""

    revision = StringField(default="0")
    shipped_on = StringField(_l("Live since"))
    everywhere = BooleanField(_l("Everywhere"))
    sites = SelectMultipleField(_l("Live where"), validate_choice=False)
    reason = StringField(_l("What is different now"))
    visits = WholeNumberField(_l("Visits that decide"), least=FEWEST, most=MOST, needed=True)
    plan = BooleanField(_l("Put them into the plan, as hours that anybody may take"))
    first_day = StringField(_l("First visit on"))

    def begin(self, page: GoLivePage, today: date, first: date) -> None:
        """As METHOD proposes it."""
        self.revision.data, self.visits.data = str(page.revision), page.planned
        self.shipped_on.data, self.first_day.data = today.isoformat(), first.isoformat()
        self.everywhere.data = self.plan.data = True

    def offer(self, sites: list[tuple[str, str]]) -> None:
        self.sites.choices = sites

    def check(self) -> None:
        """Raises Problem invalid."""
        if not self.validate():
            raise Problem(
                "invalid", [(name, str(errors[0])) for name, errors in self.errors.items() if name and errors]
            )
        if not self.everywhere.data and not self.sites.data:
            raise Problem("invalid", [("live_at", _("Say where it is live."))])

    def document(self) -> dict[str, Any]:
        """What the change of the improvement takes."""
        said = {"revision": self.revision.data, "state": "shipped", "planned_visits": self.visits.data}
        said |= {"shipped_on": self.shipped_on.data or None, "reason": self.reason.data or None}
        return said if self.everywhere.data else {**said, "live_at": self.sites.data}


class MoreVisitsForm(PageForm):
    """How many visits go into the plan."""

    visits = WholeNumberField(_l("Visits"), least=1, most=MOST, needed=True)


class TakeBackForm(PageForm):
    """revision: of the improvement that was looked at."""

    revision = StringField(default="0")

    @property
    def seen(self) -> int:
        return our_id(self.revision.data) or 0
