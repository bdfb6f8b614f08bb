"""The commands an installation answers to, each registered once."""

from __future__ import annotations

from flask import Flask

from shadowing.cli import backup, data, doctor, migrating, people, rescue, serving, setting_up
from shadowing.cli.errors import plainly


def add_commands(app: Flask) -> None:
    for command in (
        setting_up.init,
        setting_up.demo,
        people.user,
        people.token,
        people.roles,
        data.pack,
        data.import_file,
        data.map_schema,
        rescue.import_rescue,
        data.scores,
        backup.backup,
        backup.restore,
        doctor.doctor,
        serving.serve,
        serving.worker,
    ):
        plainly(command)
        app.cli.add_command(command)
    app.cli.add_command(migrating.db)
