"""pack, import, scores."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from shadowing.cli.errors import of_an_installation
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.table_errors import BadFile
from shadowing.core.tables import line_count
from shadowing.imports.column_map import SpreadsheetMap
from shadowing.imports.store_rows import import_spreadsheet
from shadowing.journeys.packs import UnknownPack, available, load
from shadowing.journeys.publishing import create_journey
from shadowing.operations.up_to_date import bring_up_to_date, rebuild_everything
from shadowing.people.accounts import Refused

pack = AppGroup("pack", help="Ready-made journeys by industry.")
scores = AppGroup("scores", help="Area scores.")


@pack.command("list")
def list_packs() -> None:
    """Names of the packs, with what they are called."""
    for name in available():
        both = load(name)["name"]
        click.echo(f"{name}  {both['en']}  {both['zh']}")


@pack.command("add")
@click.argument("name")
@of_an_installation
def add_pack(name: str) -> None:
    """Make a journey from a pack and print its id."""
    try:
        draft = load(name)
    except UnknownPack as unknown:
        raise Refused(str(unknown)) from unknown
    journey = create_journey(draft, "pack", clock.now(), pack=name)
    db.session.commit()
    click.echo(journey.id)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--map", "map_name", required=True, help="A shipped map's name, or the path of a map of your own.")
@click.option("--journey", required=True, help="The journey the rows belong to; made when there is none of this name.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of rows that name none.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, store nothing.")
@with_appcontext
@of_an_installation
def import_file(file: str, map_name: str, journey: str, day: datetime | None, dry_run: bool) -> None:
    """Take in a spreadsheet of ratings (CSV, also gzipped, or XLSX): every row is imported or refused with a reason."""
    on: date | None = day.date() if day else None
    try:
        with click.progressbar(length=line_count(Path(file)), label="Rows", file=sys.stderr) as bar:
            outcome = import_spreadsheet(file, map_name, journey, on, dry_run, lambda n: bar.update(n - bar.pos))
            bar.update(outcome.rows - bar.pos)
    except BadFile as bad:
        raise Refused(str(bad)) from bad
    click.echo(outcome.sentence())
    for refusal in outcome.refused[:20]:
        click.echo(f"  row {refusal.row}: {refusal.reason}")
    if len(outcome.refused) > 20:
        click.echo(f"  and {len(outcome.refused) - 20} more")
    for row, number in outcome.changed[:20]:
        click.echo(f"  row {row}: “{number[:80]}” is here already with other content")
    if len(outcome.changed) > 20:
        click.echo(f"  and {len(outcome.changed) - 20} more")
    if not dry_run:
        bring_up_to_date()


@scores.command("refresh")
@of_an_installation
def refresh() -> None:
    """Bring the scores of everything that changed up to date."""
    click.echo(f"{len(bring_up_to_date())} panels refreshed.")


@scores.command("rebuild")
@of_an_installation
def rebuild_scores() -> None:
    """Compute every score, and the way of every visit, anew from the rows."""
    click.echo(f"{len(rebuild_everything(paths=True))} panels rebuilt.")


@click.command("map-schema")
def map_schema() -> None:
    """Print the JSON schema of import maps."""
    click.echo(json.dumps(SpreadsheetMap.model_json_schema(), ensure_ascii=False, indent=2))
