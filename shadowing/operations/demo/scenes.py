"""What is true in the demonstration: how each touchpoint fares, and what people say there, in either language."""

from __future__ import annotations

from dataclasses import dataclass, field

from shadowing.core.vocabulary import Words


@dataclass(frozen=True)
class Scene:
    """truth: utility, usability, delight as an average observer would rate; chance: how often it is seen.

    wait: typical seconds until served; quotes: (words, what the rating of utility must be at most).
    """

    truth: tuple[float, float, float]
    channels: tuple[tuple[str, float], ...]
    chance: float = 0.95
    wait: int | None = None
    handover: tuple[float, float, float] = (0.85, 0.12, 0.03)
    quotes: tuple[tuple[Words, int], ...] = ()
    notes: tuple[Words, ...] = ()
    factors: dict[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    picture: str | None = None


def _both(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


SCENES: dict[str, Scene] = {
    "word_of_mouth": Scene(
        (4.2, 4.1, 3.9),
        (("referral", 1.0),),
        chance=0.25,
        quotes=((_both("My sister was treated well here.", "我姐姐在这儿看过，说挺好的。"), 5),),
    ),
    "booking": Scene(
        (4.35, 4.05, 3.8),
        (("app", 0.5), ("phone", 0.35), ("web", 0.15)),
        wait=50,
        quotes=(
            (_both("I called twice, then used the app.", "我打了两次电话，后来用了 App。"), 3),
            (_both("Two minutes and it was done.", "两分钟就约好了。"), 5),
        ),
        notes=(_both("Asked for the same date of birth on three screens.", "出生日期在三个界面上各填了一遍。"),),
        factors={"process": "hurt", "information": "helped"},
        reasons=("too_many_steps", "had_to_repeat"),
    ),
    "reminder": Scene((4.4, 4.3, 3.9), (("msg", 1.0),), chance=0.6, factors={"information": "helped"}),
    "wayfinding": Scene(
        (4.2, 2.9, 3.4),
        (("place", 0.9), ("person", 0.1)),
        quotes=(
            (_both("I followed the green line and it just stopped.", "我一直跟着绿线走，走着走着线就没了。"), 4),
            (_both("The line on the floor ends in the middle of the corridor.", "地上的线画到走廊中间就断了。"), 4),
        ),
        notes=(
            _both(
                "Three patients asked the cleaner for radiology in ten minutes.",
                "十分钟里有三位患者向保洁员打听放射科在哪。",
            ),
            _both("The sign at the lift still shows the old wing.", "电梯口的指示牌上还是老楼的布局。"),
        ),
        factors={"environment": "hurt", "information": "hurt", "people": "helped"},
        reasons=("hard_to_find", "unclear", "dead_end"),
        picture="corridor",
    ),
    "greeting": Scene(
        (4.5, 4.4, 4.5),
        (("person", 1.0),),
        wait=20,
        quotes=((_both("She came round the desk to meet me.", "她从导诊台里走出来迎我。"), 5),),
        factors={"people": "helped", "personal": "helped"},
    ),
    "registration": Scene(
        (4.3, 3.95, 3.8),
        (("counter", 0.75), ("kiosk", 0.25)),
        wait=420,
        handover=(0.6, 0.35, 0.05),
        quotes=((_both("I told them my address again.", "我又报了一遍住址。"), 3),),
        notes=(
            _both(
                "The kiosk printed nothing; the clerk did it all again by hand.",
                "自助机什么也没打出来，工作人员又手工登记了一遍。",
            ),
        ),
        factors={"process": "hurt", "people": "helped"},
        reasons=("had_to_repeat", "late"),
        picture="kiosk",
    ),
    "waiting_room": Scene(
        (3.1, 3.7, 3.3),
        (("place", 1.0),),
        wait=2500,
        quotes=(
            (_both("Nobody says how long it will be.", "还要等多久，没人说。"), 3),
            (_both("Almost an hour, and not a word from anyone.", "等了快一个小时，没有人说一声。"), 3),
        ),
        notes=(
            _both("The screen showed yesterday's list until 10:20.", "到 10:20 屏幕上还是昨天的名单。"),
            _both(
                "Twelve people standing, six free chairs behind the pillar.", "十二个人站着，柱子后面却空着六把椅子。"
            ),
        ),
        factors={"information": "hurt", "environment": "hurt", "people": "hurt"},
        reasons=("late", "unclear", "unpleasant_place"),
        picture="waiting",
    ),
    "consultation": Scene(
        (4.5, 4.3, 4.4),
        (("person", 1.0),),
        wait=300,
        quotes=(
            (_both("She listened before she looked at the screen.", "她先听我说完，才去看电脑。"), 5),
            (_both("The doctor explained it so clearly that I stopped worrying.", "医生讲得很清楚，我放心了。"), 5),
        ),
        factors={"people": "helped", "personal": "helped", "service": "helped"},
    ),
    "tests": Scene(
        (4.15, 3.8, 3.7),
        (("counter", 1.0),),
        chance=0.55,
        wait=900,
        handover=(0.65, 0.25, 0.10),
        quotes=((_both("They had lost the order form.", "他们把检查单弄丢了。"), 3),),
        factors={"process": "hurt", "people": "helped"},
        reasons=("late", "had_to_repeat"),
    ),
    "payment": Scene(
        (2.8, 3.7, 3.6),
        (("counter", 0.85), ("app", 0.15)),
        wait=780,
        handover=(0.55, 0.38, 0.07),
        quotes=(
            (_both("I paid, and nobody told me where to go next.", "钱交了，可没人告诉我接下来去哪儿。"), 3),
            (
                _both(
                    "She was so kind about my broken card. I just wish it had not taken half an hour.",
                    "我的卡刷不了，她特别耐心。就是别花半个小时就好了。",
                ),
                4,
            ),
            (_both("Five windows, and only two of them open.", "五个窗口只开了两个。"), 3),
        ),
        notes=(
            _both(
                "Two windows of five open at 10:40. Queue folded back into the pharmacy line; three people joined the wrong one.",
                "10:40 五个窗口只开了两个。队伍折回去和取药的队混在一起，有三个人排错了队。",
            ),
            _both(
                "The card reader at window 2 is out of order, the note fell off.", "2 号窗口的读卡器坏了，告示也掉了。"
            ),
        ),
        factors={"service": "hurt", "environment": "hurt", "people": "helped", "process": "hurt"},
        reasons=("late", "incomplete", "unclear"),
        picture="counter",
    ),
    "pharmacy": Scene(
        (4.3, 4.2, 3.9),
        (("counter", 1.0),),
        wait=540,
        quotes=((_both("They explained each box.", "每盒药怎么吃，都给我讲了。"), 5),),
        factors={"service": "helped", "process": "hurt"},
        reasons=("late",),
    ),
    "advice": Scene(
        (3.6, 3.9, 3.9),
        (("person", 0.7), ("phone", 0.3)),
        chance=0.7,
        quotes=((_both("I was not sure which tablets to stop.", "我没弄明白该停哪种药。"), 3),),
        notes=(_both("Advice given in the corridor, nothing in writing.", "医嘱是在走廊里口头说的，没有写下来。"),),
        factors={"information": "hurt", "people": "hurt"},
        reasons=("incomplete", "unclear", "rushed"),
    ),
    "follow_up": Scene((4.2, 4.1, 3.8), (("msg", 1.0),), chance=0.15),
}
PURPOSES = (
    _both("Results of a blood test", "看验血结果"),
    _both("First visit for knee pain", "膝盖疼，初诊"),
    _both("Blood pressure check", "量血压复查"),
    _both("Blood sugar check", "复查血糖"),
    _both("Eye test for driving", "驾照体检查视力"),
    _both("Second opinion", "想再听听别的医生的意见"),
)
LABELS = (
    _both("Ms Chen", "陈女士"),
    _both("Mr Lopez", "罗先生"),
    _both("Mrs Ward", "王阿姨"),
    _both("Mr Haddad", "韩先生"),
    _both("Ms Novak", "倪女士"),
    _both("Mrs Chan", "陈阿姨"),
    _both("Mr Ito", "易先生"),
    _both("Ms Bell", "白女士"),
)
#: What two observers call the same place that the journey has forgotten.
OFF_THE_MAP = (_both("Lift", "电梯"), _both("lift", "电梯间"))
