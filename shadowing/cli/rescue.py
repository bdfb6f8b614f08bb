"""import-rescue."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from shadowing.cli.errors import of_an_installation
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.i18n import LOCALES
from shadowing.people import accounts
from shadowing.phone.sync.rescue_file import BrokenRescueFile, read_rescue
from shadowing.phone.sync.rescue_import import RescueOutcome, take_in_rescue


@click.command("import-rescue")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and check everything, store nothing.")
@with_appcontext
@of_an_installation
def import_rescue(file: Path, dry_run: bool) -> None:
    """Take in a rescue file: what a phone saved that could not send. The server may run; twice does no harm.

    Everything belongs to whoever noted it. What is refused is listed with its reason; the rest is stored.
    Files are photos and voice notes.
    """
    try:
        with force_locale(LOCALES["en"]):  # refusals in the language of the commands
            outcome = take_in_rescue(read_rescue(file), clock.now(), dry_run)
    except BrokenRescueFile as broken:
        raise accounts.Refused(str(broken)) from broken
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    click.echo(sentence(outcome, dry_run))
    for refused in outcome.refused:
        click.echo(f"  {refused.what}: {refused.why}")


def sentence(outcome: RescueOutcome, dry_run: bool) -> str:
    stored = "would be stored" if dry_run else "stored"
    said = (
        f"{stored}: {outcome.new} records and {outcome.photos} files; "
        f"here already: {outcome.here} records and {outcome.photos_here} files"
    )
    said += f"; refused: {len(outcome.refused)}." if outcome.refused else "; nothing refused."
    return said[0].upper() + said[1:]
