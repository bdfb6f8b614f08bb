"""user add, token add, roles."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from shadowing.cli.errors import of_an_installation
from shadowing.core.database import db
from shadowing.core.routes import roles_of
from shadowing.core.vocabulary import ROLES, Role
from shadowing.people.accounts import Refused, add_person, add_token, find_person
from shadowing.people.passwords import suggest

user = AppGroup("user", help="People who may sign in.")
token = AppGroup("token", help="Bearer tokens for integrations.")


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="As colleagues know them.")
@click.option("--role", required=True, type=click.Choice(list(ROLES)))
@click.option("--password", help="Made and printed when not given; `-` asks for it, or reads it from stdin.")
@of_an_installation
def add_user(email: str, name: str, role: Role, password: str | None) -> None:
    """Add a person."""
    if password == "-":
        password = click.prompt("Password", hide_input=sys.stdin.isatty(), err=True)
    chosen = password or suggest()
    add_person(email, name, role, chosen)
    db.session.commit()
    click.echo(f"{email} may sign in." if password else f"{email} may sign in with the password {chosen}")


@token.command("add")
@click.argument("email")
@click.option("--name", required=True, help="What the token is for.")
@of_an_installation
def make_token(email: str, name: str) -> None:
    """Print a bearer token of a person, and nothing else."""
    person = find_person(email)
    if person is None or not person.is_active:
        raise Refused(f"Nobody with the e-mail {email} may sign in.")
    made = add_token(person, name)
    db.session.commit()
    click.echo(made)


@click.command("roles")
@with_appcontext
def roles() -> None:
    """Print who may call what: method, address, roles."""
    allowed = roles_of(current_app)
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            click.echo(f"{method:6} {rule.rule:60} {' '.join(sorted(allowed[rule.endpoint]))}")
