"""What whoever holds the lease keeps in memory between two changes, so that one visit costs one visit (METHOD 1.5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from shadowing.core import clock
from shadowing.core.database import reading
from shadowing.scoring.load_panel import FEW
from shadowing.scoring.panel_state import PanelState, follow
from shadowing.scoring.refresh import Changes, is_overtaken, refresh_panel, write_all, write_touched

#: Sites and areas that no change touched, and the curve, follow when nothing has come for a minute, at the latest after
#: a quarter of an hour.
QUIET = timedelta(minutes=1)
LATEST = timedelta(minutes=15)
#: Above so many equations a level (areas, observers, sites) they are not kept: two matrices of 72 MB each a level.
MOST_COLUMNS = 3000


class Upkeep:
    """States by panel, and since when parts of them wait to be written. Belongs to one process."""

    def __init__(self) -> None:
        self._states: dict[int, PanelState] = {}
        self._waiting: dict[int, tuple[datetime, datetime]] = {}

    def state_of(self, panel_id: int) -> PanelState | None:
        """What is known of a panel; None where all would have to be read."""
        return self._states.get(panel_id)

    def refresh(self, changes: Changes) -> bool:
        """Bring the panel's scores up to date. Commits. False where somebody else wrote meanwhile: do it again."""
        state = self._followed(changes) or self._read_anew(changes.panel_id)
        return not is_overtaken(state)

    def settle(self, now: datetime | None = None) -> bool:
        """Write what has waited long enough; whether there was any. Commits."""
        now = now or clock.now()
        ready = [
            panel for panel, (first, last) in self._waiting.items() if now - last >= QUIET or now - first >= LATEST
        ]
        for panel_id in ready:
            self._waiting.pop(panel_id)
            state = self._states.get(panel_id)
            if state is not None and not is_overtaken(state):
                self._states[panel_id] = write_all(state)
        return bool(ready)

    def _followed(self, changes: Changes) -> PanelState | None:
        state, visits = self._states.get(changes.panel_id), changes.visits
        known = frozenset(visit for visit in visits if visit is not None)
        if state is None or len(known) != len(visits) or len(known) > FEW:
            return None
        with reading():
            followed = follow(state, known, clock.now())
        if followed is None:
            return None
        moved, touched = followed
        written = self._states[changes.panel_id] = write_touched(moved, touched)
        now = clock.now()
        first, _ = self._waiting.get(changes.panel_id, (now, now))
        self._waiting[changes.panel_id] = first, now
        return written

    def _read_anew(self, panel_id: int) -> PanelState:
        self._states.pop(panel_id, None)
        self._waiting.pop(panel_id, None)
        state = refresh_panel(panel_id)
        if state.live and all(kept.rows.columns <= MOST_COLUMNS for kept in state.equations.values()):
            self._states[panel_id] = state
        return state
