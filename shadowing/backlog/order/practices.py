"""What others do: short practices by level and by what hurts most, written for this product. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shadowing.core.vocabulary import FACTOR_GROUPS, Level, Words


@dataclass(frozen=True)
class PracticeCard:
    """group: of factors (things, service, people, promise); hurt: how often it was said to hurt here."""

    group: str
    words: Words
    hurt: int = 0


PRACTICES: Mapping[Level, Mapping[str, Words]] = {
    "utility": {
        "things": Words(
            en="Before opening, check what must work by a short list that somebody signs; mend it the same day.",
            zh="开门前按一张短清单检查必须能用的东西，有人签字；坏了当天修好。",
        ),
        "service": Words(
            en="Staff the hour, not the day: count who comes by the hour and move one person to where the line begins.",
            zh="按小时而不是按天排班：数清每小时来多少人，把一个人调到队伍开始的地方。",
        ),
        "people": Words(
            en="Let whoever hears of a problem put it right at once, up to an agreed sum, and tell others later.",
            zh="谁听到问题谁当场解决，在约定的金额之内先办，事后再告诉大家。",
        ),
        "promise": Words(
            en="Promise only what is kept nine times in ten, and say the time you really need, not the best one.",
            zh="只承诺十次里能兑现九次的事；说真正需要的时间，而不是最快的时间。",
        ),
    },
    "usability": {
        "things": Words(
            en="Walk the way with a stranger; take away one sign for each you add; mark the next step on the floor.",
            zh="陪一位陌生人走一遍，每加一块指示牌就撤掉一块旧的；把下一步标在地面上。",
        ),
        "service": Words(
            en="Ask once: whatever was said at the step before travels along, and the next colleague only confirms it.",
            zh="只问一次：上一步说过的信息随人转交，下一位同事只需核对。",
        ),
        "people": Words(
            en="Say the next step before it is asked for: where to go, what to bring, how long it takes.",
            zh="不等人问就说出下一步：去哪里、带什么、要多久。",
        ),
        "promise": Words(
            en="Use the same words on website, letter and counter, so that what was read is found again.",
            zh="网站、信件和柜台用同样的说法，让人在现场找得到读过的内容。",
        ),
    },
    "delight": {
        "things": Words(
            en="Give waiting a good place: a seat, daylight, water, and a view of how the line moves.",
            zh="给等候一个好地方：有座位、有自然光、有水喝，看得到队伍在前进。",
        ),
        "service": Words(
            en="End well: make the last minute the calmest one, with a thank you and a look ahead.",
            zh="善始善终：让最后一分钟最从容，说声谢谢，交代接下来的事。",
        ),
        "people": Words(
            en="Look up and greet within ten seconds, by name where it is known, before looking at the screen.",
            zh="十秒之内抬头问候，知道名字就称呼名字，然后再看屏幕。",
        ),
        "promise": Words(
            en="Keep one small thing more than was promised, and leave it unsaid until it is there.",
            zh="比承诺的多做一件小事，做到之前先不说。",
        ),
    },
}


def practices_for(level: Level, hurt: Mapping[str, int]) -> tuple[PracticeCard, ...]:
    """Of this level, first those for what hurts most here. hurt: factor -> how often."""
    cards = [
        PracticeCard(group, PRACTICES[level][group], sum(hurt.get(factor, 0) for factor in factors))
        for group, factors in FACTOR_GROUPS.items()
        if group in PRACTICES[level]
    ]
    return tuple(sorted(cards, key=lambda card: -card.hurt))[:2]
