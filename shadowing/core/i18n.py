"""Two languages: which one this reader gets, and how {en, zh} words are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask import Flask, Response, current_app, has_request_context, redirect, request
from flask_babel import Babel, get_locale

from shadowing.core.directions import Translated, isolate_directions
from shadowing.core.settings import cookie_name, https

COOKIE = "shadowing_language"
LANGUAGES = {"en": "English", "zh": "中文"}
#: Between the values of a list; between clauses Chinese has another comma, which the catalogue says.
LIST_COMMA = {"en": ", ", "zh": "、"}
#: What browsers send, and what Babel wants. Traditional Chinese readers get Simplified rather than English.
LOCALES = {
    "en": "en",
    "zh": "zh_Hans_CN",
    "zh-cn": "zh_Hans_CN",
    "zh-hans": "zh_Hans_CN",
    "zh-hans-cn": "zh_Hans_CN",
    "zh-sg": "zh_Hans_CN",
    "zh-tw": "zh_Hans_CN",
    "zh-hk": "zh_Hans_CN",
}


def speak(app: Flask, offered: Callable[[], Sequence[str]], own: Callable[[], str | None]) -> None:
    """Choose a language for every request and give templates what they need of it.

    offered: which languages the organisation speaks, its first one first; own: the one of whoever is signed in.
    """
    app.extensions["languages_offered"], app.extensions["own_language"] = offered, own
    Babel(app, locale_selector=choose)
    isolate_directions(app)
    app.jinja_env.filters["words"] = words
    app.jinja_env.globals["list_comma"] = list_comma
    app.context_processor(lambda: {"language": language(), "languages": {code: LANGUAGES[code] for code in offered()}})


def choose() -> str:
    """The signed-in person's language, else the one chosen on this device, else the browser's, else our first."""
    if not has_request_context():
        return LOCALES["en"]  # commands
    offered = current_app.extensions["languages_offered"]()
    chosen = current_app.extensions["own_language"]() or request.cookies.get(cookie_name(current_app, COOKIE), "")
    if chosen in offered:
        return LOCALES[chosen]
    known = [said for said, locale in LOCALES.items() if locale in {LOCALES[code] for code in offered}]
    best = request.accept_languages.best_match(known, default=offered[0])
    return LOCALES[best.lower()]


def language() -> str:
    """`en` or `zh`, for lang attributes and for choosing words."""
    locale = get_locale()
    return "zh" if locale is not None and locale.language == "zh" else "en"


def words(both: Mapping[str, object] | None, of: str | None = None) -> str:
    """The words of the reader's language, of the other one where a side is empty, else nothing."""
    if not both:
        return ""
    first = of or language()
    other = "en" if first == "zh" else "zh"
    return str(both.get(first) or both.get(other) or "")


def list_comma() -> Translated:
    """What stands between the values of a list, in the reader's language."""
    return Translated(LIST_COMMA[language()])


def remember(chosen: str, back_to: str) -> Response:
    """Keep the language on this device for a year."""
    response: Response = redirect(back_to)  # type: ignore[assignment]
    response.set_cookie(
        cookie_name(current_app, COOKIE),
        chosen,
        max_age=365 * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=https(current_app),
    )
    return response
