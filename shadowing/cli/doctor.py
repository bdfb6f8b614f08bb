"""doctor."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from shadowing.cli.errors import of_an_installation
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.jobs.queue import try_again
from shadowing.operations.doctor import look
from shadowing.people.accounts import Refused


@click.command()
@click.option("--again", type=int, metavar="JOB", help="Put a job that gave up in line once more, then look.")
@with_appcontext
@of_an_installation
def doctor(again: int | None) -> None:
    """Look at everything; say what is wrong and how to mend it. Exit 1 when something is."""
    if again is not None and not try_again(again, clock.now()):
        raise Refused(f"No job {again} has given up.")
    db.session.rollback()
    wrong = 0
    for finding in look():
        wrong += finding.wrong
        click.echo(f"{'WRONG' if finding.wrong else 'ok':6}{finding.what}: {finding.said}")
        if finding.wrong:
            click.echo(f"      -> {finding.mend}")
    if wrong:
        raise Refused(f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong.")
    click.echo("Everything is in order.")
