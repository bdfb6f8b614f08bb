"""The organisation, its people, departments and sites, and what they signed in with."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, Column, ColumnElement, ForeignKey, Index, String, Table, Text, or_, true
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from shadowing.core.database import Base, Document
from shadowing.core.vocabulary import ROLES, SITE_KINDS, Role, Words

LEADING: tuple[Role, ...] = ("lead", "admin")
#: Of every site by their role.
UNBOUND: tuple[Role, ...] = ("executive", "admin")
#: What a poster may make of somebody: never an administrator.
INVITED_ROLES = ("observer", "lead", "executive")

person_site = Table(
    "person_site",
    Base.metadata,
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
)


invitation_site = Table(
    "invitation_site",
    Base.metadata,
    Column("invitation_id", ForeignKey("invitation.id", ondelete="CASCADE"), primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
)


class MailSettings(TypedDict):
    """address: as core/mail.py reads it, and may hold a password; sender: in whose name."""

    address: str
    sender: str


class Organisation(Base):
    """The one organisation of this installation."""

    __tablename__ = "organisation"
    kept_in_memory = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Words] = mapped_column(Document)
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    #: Offered to everybody, the first to whoever asks for neither. A list of language codes.
    languages: Mapped[list[str]] = mapped_column(Document, default=lambda: ["en", "zh"])
    #: What the people we serve are called: a slug of vocabulary.SERVED.
    served: Mapped[str] = mapped_column(String(16), default="customers")
    #: Where customers can ask, on the page where they take a visit back; may be empty.
    contact: Mapped[str] = mapped_column(String(120), default="")
    #: #rrggbb, dark enough for white letters on it.
    colour: Mapped[str] = mapped_column(String(7), default="#07505a")
    #: A square PNG in base64, so that a backup's lines of text hold it; None = a letter stands for it.
    mark: Mapped[str | None] = mapped_column(Text)
    #: The mail server when the settings name none.
    mail: Mapped[MailSettings | None] = mapped_column(Document)
    #: When somebody said that a test mail came.
    mail_came_at: Mapped[datetime | None]
    #: Person-days and money that improvements may take in a month; None = nobody has said.
    month_days: Mapped[float | None]
    month_money: Mapped[float | None]
    #: When the first run was finished; None = the demonstration, a command, or not yet.
    set_up_at: Mapped[datetime | None]


class Department(Base):
    """People belong to one; a closed one is no longer offered."""

    __tablename__ = "department"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Words] = mapped_column(Document)
    closed_at: Mapped[datetime | None]


class Site(Base):
    """A place where the service is met; a competitor's is walked by our own panel."""

    __tablename__ = "site"
    kept_in_memory = True
    __table_args__ = (CheckConstraint(f"kind in {tuple(SITE_KINDS)}", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Words] = mapped_column(Document)
    kind: Mapped[str] = mapped_column(String(16), default="own")
    time_zone: Mapped[str | None] = mapped_column(String(64))
    #: No longer walked. What was seen there stays.
    closed_at: Mapped[datetime | None]


class Person(UserMixin, Base):
    """A member of staff. Everybody may shadow; the role says what else they see."""

    __tablename__ = "person"
    kept_in_memory = True
    __table_args__ = (CheckConstraint(f"role in {tuple(ROLES)}", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(String(16))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    #: Part of every session and changed with the password, so that old sessions end with it.
    session_key: Mapped[str] = mapped_column(String(32))
    locale: Mapped[str | None] = mapped_column(String(8))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    left_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    #: Digest of the secret in the address of this person's calendar; None = there is no such address.
    calendar_digest: Mapped[str | None] = mapped_column(String(64), index=True)

    department: Mapped[Department | None] = relationship()
    #: Of every site, also of those that are opened later; else of `sites` alone, and an empty list is none.
    all_sites: Mapped[bool] = mapped_column(default=False)
    sites: Mapped[list[Site]] = relationship(secondary=person_site, order_by=Site.id)

    @validates("sites")
    def _of_these_alone(self, _name: str, site: Site) -> Site:
        self.all_sites = False
        return site

    @property
    def is_active(self) -> bool:
        return self.left_at is None

    def get_id(self) -> str:
        return f"{self.id}.{self.session_key}"

    @property
    def bound_to(self) -> frozenset[int] | None:
        """Ids of the sites whose rows, notes and photos this person may see; None = all (DECISIONS 5, 34)."""
        return None if self.all_sites or self.role in UNBOUND else frozenset(site.id for site in self.sites)

    @hybrid_method
    def is_of(self, sites: frozenset[int] | None) -> bool:
        """Whether this person belongs to one of these sites; None = to any, also to none."""
        own = self.bound_to
        return sites is None or own is None or bool(own & sites)

    @is_of.inplace.expression  # type: ignore[attr-defined, untyped-decorator]
    @classmethod
    def _is_of(cls, sites: frozenset[int] | None) -> ColumnElement[bool]:
        if sites is None:
            return true()
        return or_(cls.all_sites, cls.role.in_(UNBOUND), cls.sites.any(Site.id.in_(sites)))

    @property
    def leads(self) -> bool:
        return self.role in LEADING

    @property
    def initials(self) -> str:
        parts = self.name.split()
        return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper() if parts else "?"


class Invitation(Base):
    """A code on a poster or in a link: whoever scans it makes an account of their own. Ends by itself."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint(f"role in {INVITED_ROLES}", name="role"),
        CheckConstraint("used >= 0 and used <= uses", name="used"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Kept as it is, because the poster is shown again; it can do no more than the invitation says.
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(String(16))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    #: Whoever comes by it is of every site; else of `sites` alone.
    all_sites: Mapped[bool] = mapped_column(default=False)
    uses: Mapped[int]
    used: Mapped[int] = mapped_column(default=0)
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))

    department: Mapped[Department | None] = relationship()
    sites: Mapped[list[Site]] = relationship(secondary=invitation_site, order_by=Site.id)

    @validates("sites")
    def _of_these_alone(self, _name: str, site: Site) -> Site:
        self.all_sites = False
        return site


class ApiToken(Base):
    """A bearer token of a person; only its digest is kept."""

    __tablename__ = "api_token"
    kept_in_memory = True

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class SignInTry(Base):
    """A failed sign-in, counted per address and per account until it ages out."""

    __tablename__ = "sign_in_try"
    __table_args__ = (Index("ix_sign_in_try_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]


class EndedSession(Base):
    """The mark of a session whose cookie lets nobody in any more, until the cookie is worth nothing by itself."""

    __tablename__ = "ended_session"
    kept_in_memory = True

    mark: Mapped[str] = mapped_column(String(32), primary_key=True)


class AuditEntry(Base):
    """Who did or read what, and when. Append-only."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[str] = mapped_column(String(64))
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(64))
    details: Mapped[dict[str, Any] | None] = mapped_column(Document)
