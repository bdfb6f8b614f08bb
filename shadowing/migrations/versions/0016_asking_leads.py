"""What leads are asked beside a journey"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "off_map_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("journey_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("decision in ('taken', 'dismissed')", name=op.f("ck_off_map_decision_decision")),
        sa.ForeignKeyConstraint(["journey_id"], ["journey.id"], name=op.f("fk_off_map_decision_journey_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_off_map_decision_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_off_map_decision")),
        sa.UniqueConstraint("journey_id", "label", name=op.f("uq_off_map_decision_journey_id_label")),
    )
    op.create_table(
        "need_confirmed",
        sa.Column("journey_id", sa.Integer(), nullable=False),
        sa.Column("touchpoint_key", sa.String(64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["journey_id"], ["journey.id"], name=op.f("fk_need_confirmed_journey_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_need_confirmed_person_id")),
        sa.PrimaryKeyConstraint("journey_id", "touchpoint_key", name=op.f("pk_need_confirmed")),
    )


def downgrade() -> None:
    op.drop_table("need_confirmed")
    op.drop_table("off_map_decision")
