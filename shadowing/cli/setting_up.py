"""init, demo."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from shadowing.cli.errors import in_a_sentence
from shadowing.core.database import db
from shadowing.core.i18n import LANGUAGES
from shadowing.core.migrating import migrator
from shadowing.core.settings import make_instance
from shadowing.operations.demo.load import in_the_other_language, load_demo, remove_demo, sign_ins
from shadowing.operations.health import revisions_here, revisions_known
from shadowing.people.accounts import Refused
from shadowing.people.links import base_address, setup_code
from shadowing.people.models import Person


@click.command()
@with_appcontext
@in_a_sentence
def init() -> None:
    """Bring the database to the newest migration. Safe to repeat."""
    migrate_database()
    click.echo("The database is ready.")
    for line in first_steps():
        click.echo(line)


@click.command()
@click.option("--reset", is_flag=True, help="Empty the demonstration's database first. Refused when it is not one.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="Else as SHADOWING_DEMO says, or the terminal.")
@with_appcontext
@in_a_sentence
def demo(reset: bool, language: str | None) -> None:
    """Load the demonstration: a hospital, people in four roles, plans for today, 40 visits."""
    migrate_database()
    if reset and not is_empty():
        remove_demo()
    if not is_empty():
        raise Refused("Somebody has an account in this database, and the demonstration only goes into an empty one.")
    bring_demo(language)
    for line in sign_ins():
        click.echo(line)


def bring_demo(asked: str | None = None) -> None:
    """Load it in the language asked for, else the one that is set, else the terminal's."""
    wanted = asked or current_app.config["SHADOWING_DEMO"]
    language = wanted if wanted in LANGUAGES else language_of_terminal(os.environ)
    load_demo(language)
    click.echo(in_the_other_language(language))


def language_of_terminal(environment: Mapping[str, str]) -> str:
    """By its locale: the first of these variables that says one counts."""
    said = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return next((code for code in LANGUAGES if said.lower().startswith(code)), "en")


def migrate_database() -> bool:
    """To the newest migration; whether one was made. Raises Refused when the database is ahead of this code."""
    make_instance(current_app)
    here = revisions_here()
    ahead = here - revisions_known()
    if ahead:
        raise Refused(
            f"This database was made by a newer version of Shadowing (migration {min(ahead)}), and going back is not "
            "possible. Start the newer version again, or restore the backup that was made before the upgrade."
        )
    if here == revisions_known(newest=True):
        return False
    logging.getLogger("alembic").setLevel(logging.WARNING)
    migrator().upgrade()
    return True


def first_steps() -> list[str]:
    """What to do in an installation that nobody has an account in yet; nothing once somebody has."""
    if not is_empty():
        return []
    config = current_app.config
    address = base_address() or f"http://localhost:{config['SHADOWING_PORT']}"
    return ["Nobody has an account yet. Set it up in a browser:", f"  {address}/setup?code={setup_code()}", ""]


def is_empty() -> bool:
    """Nobody has an account yet."""
    return not db.session.scalar(select(func.count()).select_from(Person))
