"""Who is in the demonstration: a hospital, its sites and departments, people in four roles."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from shadowing.core.database import db
from shadowing.core.i18n import LANGUAGES, words
from shadowing.core.vocabulary import Role, Words
from shadowing.people.accounts import add_department, add_person, add_site, name_organisation
from shadowing.people.models import Person, Site
from shadowing.people.passwords import suggest

KEPT = "demo_sign_ins.json"
ZONE = "Europe/London"

SITES = (
    Words(en="Main building", zh="主楼"),
    Words(en="East clinic", zh="东区门诊"),
    Words(en="Harbour", zh="海港院区"),
)
DEPARTMENTS = {
    "nursing": Words(en="Nursing", zh="护理部"),
    "quality": Words(en="Quality", zh="质量部"),
    "reception": Words(en="Reception", zh="前台"),
    "pharmacy": Words(en="Pharmacy", zh="药房"),
    "it": Words(en="IT", zh="信息部"),
    "board": Words(en="Board", zh="院办"),
    "finance": Words(en="Finance", zh="财务部"),
    "facilities": Words(en="Facilities", zh="后勤部"),
}


@dataclass(frozen=True)
class Member:
    """name, chinese: by which language the demonstration is in.

    leniency: how much higher than others this observer rates, in points; None = never shadows here.
    """

    name: str
    chinese: str
    email: str
    role: Role
    department: str
    leniency: float | None = None
    signs_in: bool = False


MEMBERS = (
    Member("Lena Brandt", "白琳", "lena@demo.example", "observer", "nursing", 0.1, signs_in=True),
    Member("James Okafor", "欧建民", "james@demo.example", "observer", "quality", -0.4),
    Member("Zhao Wen", "赵雯", "zhao@demo.example", "observer", "reception", 0.5),
    Member("Priya Singh", "沈佩", "priya@demo.example", "observer", "pharmacy", 0.0),
    Member("Rui Alves", "艾睿", "rui@demo.example", "observer", "it", -0.2),
    Member("Abena Mensah", "孟雅", "abena@demo.example", "observer", "nursing", 0.3),
    Member("Tom Hale", "何涛", "tom@demo.example", "observer", "quality", -0.6),
    Member("Ines Roth", "罗茵", "ines@demo.example", "observer", "board", 0.4),
    Member("Wei Lin", "林薇", "wei@demo.example", "lead", "quality", None, signs_in=True),
    Member("Ruth Adeyemi", "安如慧", "ruth@demo.example", "executive", "board", None, signs_in=True),
    Member("Max Kern", "康明", "max@demo.example", "admin", "it", None, signs_in=True),
    # Invited, and not gone yet.
    Member("Ana Petrova", "彭安", "ana@demo.example", "observer", "nursing"),
    Member("Omar Haddad", "韩浩", "omar@demo.example", "observer", "reception"),
    Member("Grace Lim", "林恩", "grace@demo.example", "observer", "reception"),
    Member("Jonas Weber", "魏乔", "jonas@demo.example", "observer", "pharmacy"),
    Member("Li Na", "李娜", "lina@demo.example", "observer", "pharmacy"),
    Member("Sofia Costa", "柯菲", "sofia@demo.example", "observer", "it"),
    Member("Peter Novak", "聂鹏", "peter@demo.example", "observer", "board"),
)


def bring_in(language: str) -> tuple[dict[str, Person], list[Site]]:
    """Make organisation, sites, departments and people; keep the sign-ins beside the database."""
    home = name_organisation(Words(en="Riverside General", zh="河畔医院"), ZONE)
    home.served, home.languages = "patients", sorted(LANGUAGES, key=lambda each: each != language)
    sites = [add_site(name) for name in SITES]
    departments = {key: add_department(name) for key, name in DEPARTMENTS.items()}
    db.session.flush()
    people, kept = {}, []
    for member in MEMBERS:
        password = suggest() if member.signs_in else None
        department_id = departments[member.department].id
        name = words(Words(en=member.name, zh=member.chinese), language)
        person = add_person(member.email, name, member.role, password, department_id=department_id)
        people[member.email] = person
        if password:
            kept.append({"email": member.email, "password": password, "role": member.role})
    db.session.flush()
    _keep(kept)
    return people, sites


def kept_sign_ins() -> list[dict[str, str]]:
    """What was kept when the demonstration was made; empty where there is none."""
    path = Path(current_app.instance_path) / KEPT
    found: list[dict[str, str]] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return found


def forget_sign_ins() -> None:
    (Path(current_app.instance_path) / KEPT).unlink(missing_ok=True)


def _keep(sign_ins: list[dict[str, str]]) -> None:
    path = Path(current_app.instance_path) / KEPT
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(sign_ins, file, indent=2)
