"""Where a proposal comes from. Pure."""

from __future__ import annotations

from typing import Literal, get_args

Origin = Literal["seen", "idea", "good_practice", "promise", "handover", "own_wish"]
ORIGINS: tuple[Origin, ...] = get_args(Origin)
#: These name an observation, if they name anything.
OF_OBSERVATIONS: tuple[Origin, ...] = ("seen", "idea", "good_practice", "handover")
#: How an address says it.
SAID: dict[str, Origin] = {"observation": "seen", **{origin: origin for origin in ORIGINS}}
