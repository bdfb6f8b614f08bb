"""Why a place is suggested, in both languages: one sentence for the page, the API and the phone. Pure."""

from __future__ import annotations

from math import floor

from shadowing.core.vocabulary import Words
from shadowing.scoring.statistics.value_of_visits import BATCH, Look


def reason_words(look: Look) -> Words:
    """Why here, and how much less doubt the next visits leave."""
    why, less = _why(look), less_doubt(look)
    return Words(en=f"{why['en']} {less['en']}", zh=f"{why['zh']}{less['zh']}")


def less_doubt(look: Look) -> Words:
    """The bar now and after a batch, on 0-100."""
    now, after = points(look.now), points(look.after)
    if now == after:
        return Words(en=f"It is known to ±{now} already.", zh=f"误差已只有 ±{now}。")
    return Words(
        en=f"{_NUMBERS[BATCH]} visits narrow it from ±{now} to ±{after}.",
        zh=f"再随行 {BATCH} 次，误差从 ±{now} 降到 ±{after}。",
    )


def points(half_width: float) -> int:
    """A half width on 1-5 as printed on 0-100."""
    return floor(25 * half_width + 0.5)


_NUMBERS = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five"}
_PLAIN: dict[str, Words] = {
    "never": Words(en="Nobody has looked.", zh="还没有人看过。"),
    "edge": Words(en="It may be on either side of its target.", zh="可能达到目标，也可能没达到。"),
    "important": Words(en="It matters to customers and is not settled.", zh="对客户很重要，尚无定论。"),
    "open": Words(en="It is not settled.", zh="尚无定论。"),
}


def _why(look: Look) -> Words:
    place = look.candidate
    if look.reason == "reshadowing" and place.planned:
        done, planned = place.planned
        return Words(
            en=f"It was fixed; {done} of {planned} visits since have seen it.",
            zh=f"已改进；计划复看 {planned} 次，已完成 {done} 次。",
        )
    if look.reason == "long_ago" and place.days is not None:
        return Words(en=f"Last seen {place.days:.0f} days ago.", zh=f"上次看到是 {place.days:.0f} 天前。")
    if look.reason == "thin":
        seen = "once" if place.visits == 1 else "twice" if place.visits == 2 else f"{place.visits} times"
        return Words(en=f"Seen {seen} only.", zh=f"只看过 {place.visits} 次。")
    return _PLAIN[look.reason]
