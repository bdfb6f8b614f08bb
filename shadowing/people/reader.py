"""Who reads: made once by the view, the job or the link, handed down to what builds a page (DECISIONS 5, 34)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_login import current_user
from sqlalchemy import ColumnElement, select, true

from shadowing.core.database import db
from shadowing.core.i18n import language
from shadowing.core.vocabulary import Role
from shadowing.people.models import LEADING, Person, Site


@dataclass(frozen=True)
class Reader:
    """person_id: None = nobody of ours; sites: ids whose rows, words and photos may be seen, None = every site."""

    person_id: int | None
    role: Role
    sites: frozenset[int] | None
    language: str

    @property
    def leads(self) -> bool:
        return self.role in LEADING

    def sees(self, site_id: int | None) -> bool:
        """Whether rows of this site may be seen; a row without a site belongs to readers of every site."""
        return self.sites is None or site_id in self.sites

    def at_sites(self, column: Any) -> ColumnElement[bool]:
        """The same as a condition on a column of site ids."""
        return true() if self.sites is None else column.in_(self.sites)


def reader_of(person: Person) -> Reader:
    """This person reading in the language of the request."""
    return Reader(person.id, person.role, person.bound_to, language())


def signed_in_reader() -> Reader:
    """Whoever is signed in. For views alone."""
    return reader_of(current_user)


def own_sites(reader: Reader, closed: bool = True) -> list[Site]:
    """Our own sites that this reader may ask for by name, in their order. closed: also those no longer walked."""
    query = select(Site).where(Site.kind == "own", reader.at_sites(Site.id)).order_by(Site.id)
    return list(db.session.scalars(query if closed else query.where(Site.closed_at.is_(None))))
