"""db: what Flask-Migrate offers who develops, loaded when it is asked for."""

from __future__ import annotations

import click

from shadowing.core.migrating import migrator


class MigrationCommands(click.Group):
    """Its commands under the name they have there."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return _offered().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _offered().get_command(ctx, cmd_name)


db = MigrationCommands("db", help="Draft and check migrations (Flask-Migrate).")


def _offered() -> click.Group:
    group: click.Group = migrator().cli.db
    return group
