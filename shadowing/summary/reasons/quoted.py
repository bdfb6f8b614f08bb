"""What others found and do, each with its source, in our own words. Facts only; marked as quoted wherever shown."""

from __future__ import annotations

from dataclasses import dataclass

from shadowing.core.vocabulary import Words


@dataclass(frozen=True)
class PublishedFinding:
    """own: which figure of ours stands beside it (a field of figures.Own)."""

    own: str
    said: Words
    source: str


@dataclass(frozen=True)
class Practice:
    """fits: where it is offered (a key of practices.SIGNS)."""

    fits: str
    who: str
    does: Words
    source: str


FINDINGS = (
    PublishedFinding(
        "got",
        Words(
            en="80 of 100 companies believed their service was superior; 8 of 100 of their customers agreed.",
            zh="100 家企业中有 80 家认为自己的服务出众；100 位客户中只有 8 位同意。",
        ),
        "Allen, Reichheld, Hamilton, Markey: Closing the Delivery Gap. Bain & Company, 2005 (362 companies)",
    ),
    PublishedFinding(
        "come_again",
        Words(
            en="Service companies that lost 5 in 100 customers fewer earned 25 to 85 % more.",
            zh="每 100 位客户少流失 5 位，服务企业的利润高出 25% 到 85%。",
        ),
        "Reichheld, Sasser: Zero Defections. Harvard Business Review, 1990",
    ),
    PublishedFinding(
        "very_satisfied",
        Words(
            en="Completely satisfied customers bought again six times as often as those merely satisfied.",
            zh="非常满意的客户再次购买的可能是一般满意客户的六倍。",
        ),
        "Jones, Sasser: Why Satisfied Customers Defect. Harvard Business Review, 1995 (Xerox)",
    ),
    PublishedFinding(
        "end",
        Words(
            en="22 of 32 people chose to repeat the longer of two discomforts, because it ended more gently.",
            zh="32 人中有 22 人宁愿重复两次不适中更长的那次，因为它结束得更温和。",
        ),
        "Kahneman et al.: When More Pain Is Preferred to Less. Psychological Science, 1993",
    ),
)

PRACTICES = (
    Practice(
        "overlooked",
        "Toyota",
        Words(
            en="Whoever decides goes to the place first and looks, instead of reading about it.",
            zh="做决定的人先去现场看，而不是只读报告。",
        ),
        "Liker: The Toyota Way, 2004",
    ),
    Practice(
        "rules",
        "Ritz-Carlton",
        Words(
            en="Everyone on the staff may spend up to 2,000 dollars on a guest to put something right, without asking.",
            zh="每位员工都可以不经请示，为一位客人花费最多 2,000 美元来补救。",
        ),
        "Michelli: The New Gold Standard, 2008",
    ),
    Practice(
        "late",
        "Disney",
        Words(
            en="A queue says how long it takes, rather too much than too little, and has something to look at.",
            zh="排队处写明要等多久，宁可多说一点；沿途有东西可看。",
        ),
        "Disney Institute, Kinni: Be Our Guest, 2011",
    ),
    Practice(
        "handovers",
        "Mayo Clinic",
        Words(
            en="One physician stays in charge of the whole way; the day's appointments stand on one sheet.",
            zh="由一位医生负责全程，当天的所有预约列在一张纸上。",
        ),
        "Berry, Seltman: Management Lessons from Mayo Clinic, 2008",
    ),
    Practice(
        "promises",
        "Hampton Inn",
        Words(
            en="A guest who was not satisfied did not pay for the night. What it cost showed where the service failed.",
            zh="不满意的客人可以不付当晚房费；由此产生的花费正好指出服务在哪里出了问题。",
        ),
        "Hart: The Power of Unconditional Service Guarantees. Harvard Business Review, 1988; Hampton Inn since 1989",
    ),
)
