"""What is true in the demonstration: how each touchpoint fares, and what people say there."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Scene:
    """truth: utility, usability, delight as an average observer would rate; chance: how often it is seen.

    wait: typical seconds until served; quotes and notes: (words, what the rating of utility must be at most).
    """

    truth: tuple[float, float, float]
    channels: tuple[tuple[str, float], ...]
    chance: float = 0.95
    wait: int | None = None
    handover: tuple[float, float, float] = (0.85, 0.12, 0.03)
    quotes: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    factors: dict[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    picture: str | None = None


SCENES: dict[str, Scene] = {
    "word_of_mouth": Scene(
        (4.2, 4.1, 3.9), (("referral", 1.0),), chance=0.25, quotes=(("My sister was treated well here.", 5),)
    ),
    "booking": Scene(
        (4.35, 4.05, 3.8),
        (("app", 0.5), ("phone", 0.35), ("web", 0.15)),
        wait=50,
        quotes=(("I called twice, then used the app.", 3), ("Two minutes and it was done.", 5)),
        notes=("Asked for the same date of birth on three screens.",),
        factors={"process": "hurt", "information": "helped"},
        reasons=("too_many_steps", "had_to_repeat"),
    ),
    "reminder": Scene((4.4, 4.3, 3.9), (("msg", 1.0),), chance=0.6, factors={"information": "helped"}),
    "wayfinding": Scene(
        (4.2, 2.9, 3.4),
        (("place", 0.9), ("person", 0.1)),
        quotes=(("I followed the green line and it just stopped.", 4), ("跟着绿线走，走着走着就没了。", 4)),
        notes=(
            "Three patients asked the cleaner for radiology in ten minutes.",
            "The sign at the lift still shows the old wing.",
        ),
        factors={"environment": "hurt", "information": "hurt", "people": "helped"},
        reasons=("hard_to_find", "unclear", "dead_end"),
        picture="corridor",
    ),
    "greeting": Scene(
        (4.5, 4.4, 4.5),
        (("person", 1.0),),
        wait=20,
        quotes=(("She came round the desk to meet me.", 5),),
        factors={"people": "helped", "personal": "helped"},
    ),
    "registration": Scene(
        (4.3, 3.95, 3.8),
        (("counter", 0.75), ("kiosk", 0.25)),
        wait=420,
        handover=(0.6, 0.35, 0.05),
        quotes=(("I told them my address again.", 3),),
        notes=("The kiosk printed nothing; the clerk did it all again by hand.",),
        factors={"process": "hurt", "people": "helped"},
        reasons=("had_to_repeat", "late"),
        picture="kiosk",
    ),
    "waiting_room": Scene(
        (3.1, 3.7, 3.3),
        (("place", 1.0),),
        wait=2500,
        quotes=(("Nobody says how long it will be.", 3), ("等了快一个小时，没有人说一声。", 3)),
        notes=(
            "The screen showed yesterday's list until 10:20.",
            "Twelve people standing, six free chairs behind the pillar.",
        ),
        factors={"information": "hurt", "environment": "hurt", "process": "hurt"},
        reasons=("late", "unclear", "unpleasant_place"),
        picture="waiting",
    ),
    "consultation": Scene(
        (4.5, 4.3, 4.4),
        (("person", 1.0),),
        wait=300,
        quotes=(("She listened before she looked at the screen.", 5), ("医生讲得很清楚，我放心了。", 5)),
        factors={"people": "helped", "personal": "helped", "service": "helped"},
    ),
    "tests": Scene(
        (4.15, 3.8, 3.7),
        (("counter", 1.0),),
        chance=0.55,
        wait=900,
        handover=(0.65, 0.25, 0.10),
        quotes=(("They had lost the order form.", 3),),
        factors={"process": "hurt", "people": "helped"},
        reasons=("late", "had_to_repeat"),
    ),
    "payment": Scene(
        (2.8, 3.7, 3.6),
        (("counter", 0.85), ("app", 0.15)),
        wait=780,
        handover=(0.55, 0.38, 0.07),
        quotes=(
            ("I paid, and nobody told me where to go next.", 3),
            ("She was so kind about my broken card. I just wish it had not taken half an hour.", 4),
            ("五个窗口只开两个。", 3),
        ),
        notes=(
            "Two windows of five open at 10:40. Queue folded back into the pharmacy line; three people joined the wrong one.",
            "The card reader at window 2 is out of order, the note fell off.",
        ),
        factors={"service": "hurt", "environment": "hurt", "people": "helped", "process": "hurt"},
        reasons=("late", "incomplete", "unclear"),
        picture="counter",
    ),
    "pharmacy": Scene(
        (4.3, 4.2, 3.9),
        (("counter", 1.0),),
        wait=540,
        quotes=(("They explained each box.", 5),),
        factors={"service": "helped", "process": "hurt"},
        reasons=("late",),
    ),
    "advice": Scene(
        (3.6, 3.9, 3.9),
        (("person", 0.7), ("phone", 0.3)),
        chance=0.7,
        quotes=(("I was not sure which tablets to stop.", 3),),
        notes=("Advice given in the corridor, nothing in writing.",),
        factors={"information": "hurt", "people": "helped"},
        reasons=("incomplete", "unclear", "rushed"),
    ),
    "follow_up": Scene((4.2, 4.1, 3.8), (("msg", 1.0),), chance=0.15),
}
PURPOSES = (
    "Results of a blood test",
    "First visit for knee pain",
    "Blood pressure check",
    "复查血糖",
    "Eye test for driving",
    "Second opinion",
)
LABELS = ("Ms Chen", "Mr Lopez", "Mrs Ward", "Mr Haddad", "Ms Novak", "陈女士", "Mr Ito", "Ms Bell")
