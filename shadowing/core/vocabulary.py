"""Every closed list of words the product knows, with its English and Chinese name, in display order.

Slugs are what travels and is stored; the words are what people read. A list is a mapping
slug -> {"en": ..., "zh": ...}; its order is the order on screen, so `tuple(CHANNELS)` is enough
wherever only the slugs matter.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, TypedDict, TypeVar


class Words(TypedDict):
    """One meaning in both languages."""

    en: str
    zh: str


#: The lists that code decides by; mypy then knows their slugs.
Level = Literal["utility", "usability", "delight"]
Role = Literal["observer", "lead", "executive", "admin"]
VerdictSlug = Literal["underperforming", "watch", "healthy", "not_enough_evidence"]
ImprovementState = Literal[
    "proposed",
    "accepted",
    "in_progress",
    "shipped",
    "verifying",
    "verified",
    "reopened",
    "declined",
    "merged",
]
Slug = TypeVar("Slug", bound=str)
Vocabulary = Mapping[Any, Words]


class PersonForms(TypedDict):
    """one: "patient"; many: "patients"; the: "the patient"; possessive: "the patient’s"."""

    one: str
    many: str
    the: str
    possessive: str


class PersonWords(TypedDict):
    """How a person served is called."""

    en: PersonForms
    zh: str


def _served(*rows: tuple[str, str, str, str]) -> Mapping[str, PersonWords]:
    return MappingProxyType(
        {
            slug: PersonWords(en=PersonForms(one=one, many=many, the=f"the {one}", possessive=f"the {one}’s"), zh=zh)
            for slug, one, many, zh in rows
        }
    )


def _words(*rows: tuple[Slug, str, str]) -> Mapping[Slug, Words]:
    return MappingProxyType({slug: Words(en=en, zh=zh) for slug, en, zh in rows})


# --- the journey -----------------------------------------------------------------------------

STAGE_KINDS = _words(
    ("pre", "Pre-touch", "预触点"),
    ("first", "First-touch", "首触点"),
    ("core", "Core-touch", "核心触点"),
    ("end", "End-touch", "末触点"),
)

CHANNELS = _words(
    ("person", "in person", "现场"),
    ("counter", "counter", "柜台"),
    ("place", "on site", "现场环境"),
    ("kiosk", "kiosk", "自助机"),
    ("phone", "phone", "电话"),
    ("web", "web", "网页"),
    ("app", "app", "应用"),
    ("chat", "chat", "聊天"),
    ("msg", "message", "消息"),
    ("social", "social media", "社媒"),
    ("post", "post", "寄送"),
    ("advert", "advert", "广告"),
    ("referral", "word of mouth", "口碑"),
)

# Only these are capped by digital maturity (METHOD 10).
DIGITAL_CHANNELS = frozenset({"web", "app", "chat", "msg", "social", "kiosk"})

STANDARD_KINDS = _words(
    ("standard", "Standard", "标准"),
    ("promise", "Promise", "承诺"),
    ("probe", "Question to ask", "现场提问"),
)

# Who brings a promise to the customer: our adverts, ourselves on the spot, or people we do not pay for it.
PROMISE_SOURCES = _words(
    ("advert", "an advert", "广告"),
    ("website", "our website", "我们的网站"),
    ("message", "a message or letter", "消息或信件"),
    ("sign", "a sign or poster", "标牌或海报"),
    ("staff", "said by staff", "员工口头说的"),
    ("friends", "friends tell friends", "朋友之间相传"),
    ("other", "elsewhere", "其他地方"),
)

STANDARD_STATES = _words(
    ("met", "met", "达标"),
    ("not_met", "not met", "未达"),
    ("not_seen", "not seen", "没看到"),
)

# A probe is answered, not met: the same three states under other words.
PROBE_STATES = _words(
    ("met", "right", "答对"),
    ("not_met", "wrong", "答错"),
    ("not_seen", "not asked", "没问"),
)

PERSONA_KINDS = _words(
    ("external", "external", "外部客户"),
    ("internal", "internal", "内部客户"),
    ("partner", "partner", "合作伙伴"),
)

SITE_KINDS = _words(("own", "our own", "自有网点"), ("competitor", "competitor", "竞争对手"))

# --- the three levels of the pyramid, base first ----------------------------------------------

LEVELS: Mapping[Level, Words] = _words(
    ("utility", "Utility", "实用"),
    ("usability", "Usability", "易用"),
    ("delight", "Delight", "愉悦"),
)

LEVEL_QUESTIONS = _words(
    ("utility", "on time, complete, as promised?", "准时、完整、说到做到吗？"),
    ("usability", "easy to do?", "办起来顺吗？"),
    ("delight", "did it feel good?", "感觉好吗？"),
)

LEVEL_WEIGHTS: Mapping[Level, float] = MappingProxyType({"utility": 0.4, "usability": 0.3, "delight": 0.3})
DEFAULT_TARGETS: Mapping[Level, float] = MappingProxyType({"utility": 4.0, "usability": 3.8, "delight": 3.5})

#: Half the width of every interval in standard errors: they hold 90 % (METHOD). Rounded as METHOD prints it, so that
#: its worked examples come out digit for digit.
Z90 = 1.6449

RATINGS = (1, 2, 3, 4, 5)
# Reasons are asked, and tags counted, from this rating down.
LOW_RATING = 3

REASONS: Mapping[str, Vocabulary] = MappingProxyType(
    {
        "utility": _words(
            ("late", "late", "太晚"),
            ("incomplete", "incomplete", "不完整"),
            ("inconsistent", "inconsistent", "不一致"),
            ("not_worth_it", "not worth it", "不值"),
            ("wrong", "wrong", "出错"),
        ),
        "usability": _words(
            ("hard_to_find", "hard to find", "难找"),
            ("too_many_steps", "too many steps", "步骤多"),
            ("unclear", "unclear", "不清楚"),
            ("had_to_repeat", "had to repeat", "要重复"),
            ("dead_end", "dead end", "走不通"),
        ),
        "delight": _words(
            ("cold", "cold", "冷淡"),
            ("rushed", "rushed", "被催促"),
            ("not_listened_to", "not listened to", "没被倾听"),
            ("unpleasant_place", "unpleasant place", "环境不适"),
        ),
    }
)

# --- what is noted at one touchpoint -----------------------------------------------------------

HANDOVERS = _words(
    ("smooth", "smooth", "顺畅"),
    ("repeated", "had to repeat", "又说一遍"),
    ("lost", "lost", "没接上"),
)

# Keys are the stored number as text, as everywhere in JSON.
EMOTIONS = _words(
    ("-2", "upset", "难受"),
    ("-1", "a little tense", "有点紧张"),
    ("0", "calm", "平静"),
    ("1", "pleased", "高兴"),
    ("2", "delighted", "非常高兴"),
)

EXPECTATIONS = _words(
    ("-2", "much worse", "差很多"),
    ("-1", "worse", "差一些"),
    ("0", "as expected", "差不多"),
    ("1", "better", "好一些"),
    ("2", "much better", "好很多"),
)

TIMINGS = _words(
    ("notice", "not yet seen to", "还没人接待"),
    ("wait", "waiting", "在等"),
    ("service", "being served", "办理中"),
    ("menu", "menu", "语音菜单"),
    ("hold", "on hold", "等接听"),
    ("talk", "talking", "通话"),
    ("transfers", "transfers", "转接次数"),
)

FACTORS = _words(
    ("product", "Product", "产品"),
    ("service", "Service", "服务"),
    ("people", "People", "人员"),
    ("information", "Information", "信息"),
    ("process", "Process", "流程"),
    ("environment", "Environment", "环境"),
    ("price", "Price", "价格"),
    ("brand", "Brand", "品牌"),
    ("personal", "Personal attention", "贴心照顾"),
    ("sustainability", "Sustainability", "可持续"),
)

FACTOR_EFFECTS = _words(("helped", "helped", "帮忙"), ("hurt", "hurt", "拖累"))

FACTOR_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "things": ("product", "environment", "price", "sustainability"),
        "service": ("service", "process", "information"),
        "people": ("people", "personal"),
        "promise": ("brand",),
    }
)

FACTOR_GROUP_NAMES = _words(
    ("things", "Things", "事物"),
    ("service", "Service", "服务"),
    ("people", "People", "人员"),
    ("promise", "Promise", "承诺"),
)

ABOUT = _words(("thing", "the thing itself", "东西本身"), ("need", "the person’s need", "没顾到人"))

HELD_BACK = _words(
    ("system", "system", "系统所限"),
    ("rule", "a rule", "规定所限"),
    ("staffing", "too few people", "缺人手"),
    ("information", "no information", "缺信息"),
)

SERIOUS_KINDS = _words(
    ("safety", "safety", "安全"),
    ("money", "money", "钱款"),
    ("health", "health", "健康"),
    ("dignity", "dignity", "尊严"),
    ("broken_promise", "broken promise", "没兑现"),
)

MARKS = _words(
    ("idea", "an idea", "一个点子"),
    ("good_practice", "worth copying", "值得推广"),
    ("moment", "a moment that stays", "难忘一刻"),
)

#: The longest note or quote, the longest name for somebody or a moment, in characters; the most pins on one photo.
LONGEST_TEXT = 20_000
LONGEST_LABEL = 40
MOST_PINS = 20

# --- one visit ---------------------------------------------------------------------------------

VISIT_MODES = _words(("shadowed", "walked beside somebody", "陪同随行"), ("walked", "walked it myself", "我自己走一遍"))

VISIT_STATUSES = _words(
    ("in_progress", "in progress", "进行中"),
    ("paused", "paused", "已暂停"),
    ("done", "finished", "已完成"),
    ("abandoned", "broken off", "已中止"),
)

CONSENT_ANSWERS = _words(
    ("yes", "agreed", "同意"),
    ("no", "did not agree", "不同意"),
    ("not_asked", "not asked", "未询问"),
)

OUTCOMES = _words(
    ("yes", "yes", "办成了"),
    ("partly", "partly", "部分办成"),
    ("no", "no", "没办成"),
    ("gave_up", "gave up", "放弃了"),
)

# Offered as chips; `heard_from` itself is free text, so any other answer is as welcome.
HEARD_FROM = _words(
    ("friend", "a friend", "朋友介绍"),
    ("professional", "a professional’s advice", "专业人士推荐"),
    ("website", "our website", "我们的网站"),
    ("advert", "an advert", "广告"),
    ("been_before", "been before", "以前来过"),
    ("other", "other", "其他"),
)

SKIP_REASONS = _words(
    ("could_not_see", "could not see", "看不到"),
    ("not_offered", "not offered", "没有提供"),
    ("customer_skipped", "customer skipped it", "客户跳过了"),
    ("no_time", "no time", "没有时间"),
    ("other", "other", "其他"),
)

#: What codes for customers are made of: no I, L, O, 0, 1, S, 5, which are mistaken when read aloud or photographed.
#: A prime number of signs, so that a check over them finds any one that is mistyped and any two that changed places.
CODE_SIGNS = "2346789ABCDEFGHJKMNPQRTUVWXYZ"

# --- planning ----------------------------------------------------------------------------------

PLAN_KINDS = _words(
    ("normal", "visit", "随行"),
    ("verify", "verifying visit", "复核随行"),
    ("overlap", "overlapping visit", "交叉随行"),
    ("double", "double-shadowed visit", "双人随行"),
    ("competitor", "competitor walk", "走访竞争对手"),
)
#: The same for whoever goes: nothing of a fix that is being proven (DECISIONS 41).
BLIND_PLAN_KINDS = {**PLAN_KINDS, **_words(("verify", "worth seeing again", "值得再看一次"))}

PLAN_STATES = _words(
    ("planned", "planned", "已安排"),
    ("started", "started", "已开始"),
    ("done", "done", "已完成"),
    ("missed", "missed", "已错过"),
    ("declined", "declined", "已谢绝"),
    ("cancelled", "cancelled", "已取消"),
)

# --- people ------------------------------------------------------------------------------------

ROLES: Mapping[Role, Words] = _words(
    ("observer", "Observer", "观察员"),
    ("lead", "Team lead", "团队负责人"),
    ("executive", "Executive", "管理层"),
    ("admin", "Administrator", "管理员"),
)

# What each role may do, as it is said where people are listed.
ROLE_DEEDS = _words(
    ("observer", "observe", "随行观察"),
    ("lead", "lead", "带领团队"),
    ("executive", "read and decide", "阅览与决策"),
    ("admin", "administer", "管理系统"),
)

#: Whom we serve: the forms that sentences take, in Chinese one word for all.
SERVED = _served(
    ("customers", "customer", "customers", "客户"),
    ("patients", "patient", "patients", "患者"),
    ("guests", "guest", "guests", "宾客"),
    ("shoppers", "shopper", "shoppers", "顾客"),
    ("passengers", "passenger", "passengers", "旅客"),
    ("clients", "client", "clients", "客户"),
    ("citizens", "citizen", "citizens", "市民"),
    ("residents", "resident", "residents", "居民"),
    ("members", "member", "members", "会员"),
    ("students", "student", "students", "学生"),
    ("colleagues", "colleague", "colleagues", "同事"),
)
#: What a journey says that says nothing.
SERVED_BY_PACK = Words(en="as its pack says, else customers", zh="按行业模板，否则称客户")
#: Where neither the organisation nor the journey says.
SERVED_ELSE = "customers"

# --- judging and improving ---------------------------------------------------------------------

VERDICTS: Mapping[VerdictSlug, Words] = _words(
    ("underperforming", "Underperforming", "低于目标"),
    ("watch", "Watch", "需留意"),
    ("healthy", "Healthy", "良好"),
    ("not_enough_evidence", "Not enough evidence", "证据不足"),
)

LENSES = _words(
    ("customer", "Customer", "客户"),
    ("business", "Business", "业务"),
    ("brand", "Brand", "品牌"),
)
DEFAULT_IMPORTANCE = 3

IMPROVEMENT_STATES: Mapping[ImprovementState, Words] = _words(
    ("proposed", "Proposed", "待定"),
    ("accepted", "Accepted", "已接受"),
    ("in_progress", "In progress", "进行中"),
    ("shipped", "Shipped", "已上线"),
    ("verifying", "Verifying", "复核中"),
    ("verified", "Verified", "已证实"),
    ("reopened", "Reopened", "重新打开"),
    ("declined", "Declined", "已谢绝"),
    ("merged", "Merged", "已合并"),
)

EFFORT_SIZES = _words(
    ("S", "small", "小"),
    ("M", "medium", "中"),
    ("L", "large", "大"),
    ("XL", "very large", "特大"),
)
EFFORT_DAYS: Mapping[str, int] = MappingProxyType({"S": 1, "M": 3, "L": 8, "XL": 20})
