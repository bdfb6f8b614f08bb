"""Who is told, and what became of every telling."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shadowing.core.database import Base


class Webhook(Base):
    """An address that is told. `secret` signs what is sent; `failed_at`: when it last did not answer well."""

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(500))
    secret: Mapped[str] = mapped_column(String(64))
    ended_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]


class WebhookDelivery(Base):
    """One fact for one address: the log. `state`: waiting, sent, failed. `event_id` None = a trial."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        Index("ix_webhook_delivery_webhook", "webhook_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("improvement_event.id"))
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    asked_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str | None] = mapped_column(Text)

    webhook: Mapped[Webhook] = relationship()
