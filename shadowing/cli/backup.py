"""backup, restore."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from shadowing.cli.errors import in_a_sentence, of_an_installation
from shadowing.cli.setting_up import migrate_database
from shadowing.core.database import db, writing
from shadowing.core.migrating import migrator
from shadowing.core.settings import make_instance
from shadowing.operations.backup import making, restoring
from shadowing.operations.backup.folder import BrokenBackup, read_manifest, verify
from shadowing.operations.health import OK, migrations, revisions_known
from shadowing.people.accounts import Refused

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--after", type=FOLDER, help="An earlier backup: photos that lie there take no room a second time.")
@with_appcontext
@of_an_installation
def backup(folder: Path, after: Path | None) -> None:
    """Write everything into the new folder DIR: rows, photos, a manifest with the SHA-256 of every file.

    The server may go on running. Until it is whole it is called DIR.partial; started again, it goes on there.
    The secret key is not in it: after a restore people sign in again.
    """
    if folder.exists():
        raise Refused(f"{folder} is there already. Name a new folder, for example with today's date.")
    state = migrations()
    if state != OK:
        raise Refused(f"The database is not ready to be backed up ({state}).")
    (revision,) = revisions_known(newest=True)
    try:
        manifest = making.make(folder, revision, after, _progress)
    except BrokenBackup as broken:
        raise Refused(str(broken)) from broken
    rows = sum(table["rows"] for table in manifest.tables.values())
    click.echo(f"{folder}: {rows:,} rows, {manifest.photos:,} photos, every file written and read again.")
    if manifest.missing:
        click.echo(
            f"{len(manifest.missing):,} photos or voice notes are in the database but not in the store; "
            "the manifest names them.",
            err=True,
        )


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@with_appcontext
@in_a_sentence
def restore(folder: Path) -> None:
    """Bring the backup DIR into an empty database and photo store. Any engine takes what any other gave."""
    try:
        manifest = read_manifest(folder)
        if manifest.revision not in revisions_known():
            raise Refused(f"{folder} was made by a newer version of Shadowing. Restore it with that version.")
        make_instance(current_app)
        if not restoring.is_empty():
            raise Refused("This database holds something already; a restore goes into an empty one only.")
        verify(folder, manifest, _progress)
    except BrokenBackup as broken:
        raise Refused(str(broken)) from broken
    with writing():
        migrator().upgrade(revision=manifest.revision)
        db.session.remove()
    photos = restoring.put_photos(folder, manifest, _progress)
    rows = restoring.put_rows(folder, manifest, _progress)
    migrate_database()
    click.echo(f"Restored {rows:,} rows and {photos:,} photo files from {folder}.")


def _progress(said: str) -> None:
    click.echo(f"  {said}", err=True)
