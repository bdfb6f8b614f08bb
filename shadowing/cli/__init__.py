"""Commands. Each ends with exit 0, or a sentence on stderr and exit 1."""

from __future__ import annotations

from flask import Flask

from shadowing.cli import backup, data, people, serving, setting_up


def add_commands(app: Flask) -> None:
    for command in (
        setting_up.init,
        setting_up.demo,
        people.user,
        people.token,
        data.pack,
        data.import_file,
        data.map_schema,
        data.scores,
        backup.backup,
        backup.restore,
        serving.serve,
        serving.worker,
    ):
        app.cli.add_command(command)
