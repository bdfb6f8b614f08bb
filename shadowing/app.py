"""create_app: the one module that knows all."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from shadowing.administration import invitations, organisation, people, sites
from shadowing.administration import wording as administration_wording
from shadowing.areas import views as areas
from shadowing.areas import wording as areas_wording
from shadowing.areas.beside import wording as beside_wording
from shadowing.areas.comparison import wording as comparison_wording
from shadowing.areas.explanation import wording as explanation_wording
from shadowing.authoring.editor import persona_views as personas
from shadowing.authoring.editor import prompt_views as upkeep
from shadowing.authoring.editor import views as editor
from shadowing.authoring.editor import wording as editor_wording
from shadowing.authoring.goals import views as goals
from shadowing.authoring.goals import wording as goals_wording
from shadowing.authoring.library import views as library
from shadowing.authoring.library import wording as library_wording
from shadowing.authoring.promises import views as promises
from shadowing.authoring.promises import wording as promises_wording
from shadowing.authoring.strategy import views as strategy
from shadowing.authoring.strategy import wording as strategy_wording
from shadowing.authoring.strategy.pages import sentences as strategy_sentences
from shadowing.backlog import views as backlog
from shadowing.backlog import wording as backlog_wording
from shadowing.backlog.board import views as board
from shadowing.backlog.board import wording as board_wording
from shadowing.backlog.decisions import views as asking
from shadowing.backlog.decisions import wording as decisions_wording
from shadowing.backlog.export import views as export
from shadowing.backlog.history import views as comments
from shadowing.backlog.history import wording as history_wording
from shadowing.backlog.mine import views as mine
from shadowing.backlog.mine import wording as mine_wording
from shadowing.backlog.mine.views import count_news
from shadowing.backlog.options import views as options
from shadowing.backlog.order import wording as order_wording
from shadowing.backlog.pages import open_improvements
from shadowing.backlog.proof import views as proof
from shadowing.backlog.proof import wording as proof_wording
from shadowing.backlog.same_cause import wording as same_cause_wording
from shadowing.backlog.serious import views as serious
from shadowing.backlog.serious import wording as serious_wording
from shadowing.backlog.serious.views import waiting_to_be_put_right
from shadowing.backlog.steps import views as steps
from shadowing.backlog.steps import wording as steps_wording
from shadowing.backlog.training import views as training
from shadowing.backlog.training import wording as training_wording
from shadowing.backlog.triage import views as triage
from shadowing.backlog.triage import wording as triage_wording
from shadowing.cli.commands import add_commands
from shadowing.core import assets
from shadowing.core.bytes import store
from shadowing.core.carried import carry_filter
from shadowing.core.compression import compress_replies
from shadowing.core.database import connect
from shadowing.core.group_commit import grouped
from shadowing.core.headers import send_with_every_reply
from shadowing.core.http import answer_problems
from shadowing.core.i18n import speak
from shadowing.core.layout import Rail, set_rail
from shadowing.core.long_lists import shorten_lists
from shadowing.core.reference_cache import watch_references
from shadowing.core.routes import refuse_gaps, register
from shadowing.core.same_origin import guard
from shadowing.core.sent_once import watch_sent_forms
from shadowing.core.settings import configure, instance_path
from shadowing.coverage import views as coverage
from shadowing.coverage import wording as coverage_wording
from shadowing.imports import views as imports
from shadowing.imports import wording as imports_wording
from shadowing.integration.webhooks import views as webhooks
from shadowing.integration.webhooks import wording as webhooks_wording
from shadowing.journeys import wording as journeys_wording
from shadowing.journeys.assumed import assumed
from shadowing.journeys.served import served
from shadowing.operations import health
from shadowing.operations.worker_registry import make_worker
from shadowing.people import authentication, own_account, password_reset, permissions, registration
from shadowing.people import views as accounts
from shadowing.people.filters import offer_to_templates
from shadowing.people.languages import OfferedLanguages, own_language
from shadowing.phone.keys import views as phone_keys
from shadowing.phone.shell import views as field
from shadowing.phone.sync import views as sync
from shadowing.phone.withdrawal import views as withdrawal
from shadowing.phone.withdrawal import wording as withdrawal_wording
from shadowing.planning.participation import views as participation
from shadowing.planning.participation import wording as participation_wording
from shadowing.planning.plans import api as plans_api
from shadowing.planning.plans import slots
from shadowing.planning.plans import views as plans
from shadowing.planning.plans import wording as plans_wording
from shadowing.planning.verifying import views as verifying
from shadowing.planning.verifying import wording as verifying_wording
from shadowing.scoring import wording as scores_wording
from shadowing.scoring.refresh import stands_still
from shadowing.summary import views as summaries
from shadowing.summary import wording as summary_wording
from shadowing.summary.decided import views as decided
from shadowing.summary.decided import wording as decided_wording
from shadowing.summary.links import views as shared
from shadowing.summary.questions import views as questions
from shadowing.summary.questions import wording as questions_wording
from shadowing.summary.reasons import views as reasons
from shadowing.summary.reasons import wording as reasons_wording
from shadowing.summary.trend import wording as trend_wording
from shadowing.visits.media import views as media

ROUTES = (
    health.api,
    accounts.pages,
    accounts.api,
    registration.pages,
    password_reset.pages,
    own_account.pages,
    organisation.pages,
    invitations.pages,
    people.pages,
    sites.pages,
    areas.pages,
    areas.api,
    backlog.pages,
    backlog.api,
    board.pages,
    asking.pages,
    export.pages,
    webhooks.pages,
    comments.pages,
    comments.api,
    serious.pages,
    steps.pages,
    proof.api,
    mine.pages,
    options.pages,
    training.pages,
    triage.pages,
    triage.api,
    coverage.api,
    plans.pages,
    plans_api.api,
    slots.pages,
    verifying.pages,
    participation.pages,
    reasons.pages,
    summaries.pages,
    shared.pages,
    imports.pages,
    editor.pages,
    personas.pages,
    upkeep.pages,
    promises.pages,
    decided.pages,
    decided.api,
    questions.pages,
    library.pages,
    strategy.pages,
    goals.pages,
    summaries.api,
    media.photo_pages,
    media.photo_api,
    media.sound_pages,
    media.sound_api,
    withdrawal.pages,
    sync.api,
    phone_keys.api,
    field.field,
)

#: What templates call `wording.areas`, `wording.scores` ...: the sentences a room makes from figures.
WORDING = {
    "administration": administration_wording,
    "areas": areas_wording,
    "comparison": comparison_wording,
    "beside": beside_wording,
    "explanation": explanation_wording,
    "backlog": backlog_wording,
    "board": board_wording,
    "coverage": coverage_wording,
    "decided": decided_wording,
    "decisions": decisions_wording,
    "editor": editor_wording,
    "goals": goals_wording,
    "history": history_wording,
    "imports": imports_wording,
    "journeys": journeys_wording,
    "library": library_wording,
    "mine": mine_wording,
    "order": order_wording,
    "participation": participation_wording,
    "plans": plans_wording,
    "promises": promises_wording,
    "proof": proof_wording,
    "questions": questions_wording,
    "reasons": reasons_wording,
    "same_cause": same_cause_wording,
    "scores": scores_wording,
    "serious": serious_wording,
    "steps": steps_wording,
    "strategy": strategy_wording,
    "summary": summary_wording,
    "training": training_wording,
    "triage": triage_wording,
    "webhooks": webhooks_wording,
    "verifying": verifying_wording,
    "withdrawal": withdrawal_wording,
    "trend": trend_wording,
}


def create_app(overrides: dict[str, Any] | None = None, instance: str | None = None) -> Flask:
    """A ready application. overrides: settings for tests; instance: another instance folder."""
    app = Flask(
        "shadowing",
        instance_path=instance_path(instance),
        template_folder="../templates",
        static_folder=None,
    )
    configure(app, overrides)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    _behind_proxies(app)
    compress_replies(app)
    connect(app)
    watch_references(app)
    watch_sent_forms(app)
    grouped(app)
    store.keep_photos(app)
    send_with_every_reply(app)
    assets.serve(app)
    speak(app, OfferedLanguages(), own_language)
    offer_to_templates(app, WORDING)
    app.jinja_env.globals |= {"served": served, "assumed": assumed, "strategy_sentences": strategy_sentences}
    answer_problems(app)
    authentication.know_people(app)
    guard(app)
    permissions.enforce(app)
    for routes in dict.fromkeys(ROUTES):  # several files may share one
        register(app, routes)
    refuse_gaps(app)
    carry_filter(app)
    shorten_lists(app)
    set_rail(app, Rail(open_improvements, stands_still, waiting_to_be_put_right, count_news))
    add_commands(app)
    app.extensions["worker"] = make_worker(app)
    return app


def _behind_proxies(app: Flask) -> None:
    hops = int(app.config["SHADOWING_TRUSTED_PROXIES"])
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
