"""What is public, as lines: one file a surface. Each function takes an app in context and returns its lines."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint

from shadowing.core.database import db
from shadowing.core.i18n import COOKIE
from shadowing.core.routes import ANYBODY, roles_of
from shadowing.core.settings import DEFAULTS
from shadowing.people.links import setup_code
from tests.support.server import ROOT

FOLDER = Path(__file__).parent / "surfaces"
OF_FLASK = ("db", "routes", "run", "shell")


def routes(app: Flask) -> list[str]:
    """method, address, endpoint, roles."""
    found = []
    for rule in app.url_map.iter_rules():
        allowed = roles_of(app)[rule.endpoint]
        roles = "anybody" if allowed is ANYBODY else " ".join(sorted(allowed))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            found.append(f"{method} {rule.rule} {rule.endpoint}: {roles}")
    return sorted(found)


def commands(app: Flask) -> list[str]:
    return sorted(
        line for name in set(app.cli.commands) - set(OF_FLASK) for line in _command(app.cli.commands[name], name)
    )


def _command(command: click.Command, name: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        for each, inner in command.commands.items():
            yield from _command(inner, f"{name} {each}")
        return
    words = [_parameter(each) for each in command.params]
    yield " ".join([name, *words])


def _parameter(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return (parameter.name or "").upper()
    said = "|".join(parameter.opts) + ("" if getattr(parameter, "is_flag", False) else f" {parameter.type.name}")
    return said if parameter.required else f"[{said}]"


def settings(_app: Flask) -> list[str]:
    return [f"SHADOWING_{name}={value}" for name, value in sorted(DEFAULTS.items())]


def tables(_app: Flask) -> list[str]:
    """Every column with its type, and what binds them."""
    found = []
    for table in db.metadata.sorted_tables:
        found += [f"{table.name}.{column.name} {_column(column)}" for column in table.columns]
        found += sorted(f"{table.name}: {said}" for said in _constraints(table))
    return found


def _column(column: Column[Any]) -> str:
    impl = getattr(column.type, "impl", column.type)
    points = [
        f"-> {key.target_fullname}{' on delete ' + key.ondelete if key.ondelete else ''}" for key in column.foreign_keys
    ]
    return " ".join(
        [str(impl), "null" if column.nullable else "not null", *(["key"] if column.primary_key else []), *points]
    )


def _constraints(table: Table) -> Iterator[str]:
    for index in table.indexes:
        unique = "unique index" if index.unique else "index"
        yield f"{unique} {index.name} ({', '.join(str(getattr(e, 'name', e)) for e in index.expressions)})"
    for each in table.constraints:
        if isinstance(each, UniqueConstraint):
            yield f"unique ({', '.join(column.name for column in each.columns)})"
        elif isinstance(each, CheckConstraint):
            yield f"check {each.name}: {each.sqltext}"


def work(app: Flask) -> list[str]:
    """What may stand in the table of jobs, and whose lease a worker takes."""
    worker = app.extensions["worker"]
    return [*(f"job {kind}" for kind in sorted(worker.handlers)), *(f"duty {name}" for name in worker.duties)]


def secrets(app: Flask) -> list[str]:
    """Cookie names, token salts, and what is made from the secret key `golden`."""
    return [
        f"session cookie {app.config['SESSION_COOKIE_NAME']}",
        f"language cookie {COOKIE}",
        f"set-up code {setup_code()}",
        *(f"token salt {salt}" for salt in sorted(_salts())),
    ]


def _salts() -> Iterator[str]:
    for path in (ROOT / "shadowing").rglob("*.py"):
        yield from re.findall(r"""salt=f?"([^"]+)\"""", path.read_text("utf-8"))


def phone(_app: Flask) -> list[str]:
    """The phone's database, and by what names its pages, tabs and the worker find each other and their storage."""
    node = ROOT / ".venv" / "bin" / "node"
    done = subprocess.run([node, Path(__file__).parent / "stores.mjs"], capture_output=True, text=True, check=True)
    scripts = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "static" / "js").rglob("*.js*")))
    names = set(re.findall(r"""['"`](shadowing[-.\w${}]*)['"`]""", scripts))
    worker = set(re.findall(r"""register\([^{]*\{[^}]*\}|'/sw\.js'""", scripts))
    return [
        *done.stdout.splitlines(),
        *(f"name {name}" for name in sorted(names)),
        *(f"worker {said}" for said in sorted(worker)),
    ]


SURFACES: dict[str, Callable[[Flask], list[str]]] = {
    "routes": routes,
    "commands": commands,
    "settings": settings,
    "tables": tables,
    "work": work,
    "secrets": secrets,
    "phone": phone,
}


def read(name: str) -> list[str]:
    return (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()


def write(name: str, lines: list[str]) -> None:
    (FOLDER / f"{name}.txt").write_text("\n".join(lines) + "\n", "utf-8")
