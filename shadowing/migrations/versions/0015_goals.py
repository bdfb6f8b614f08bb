"""Goals and targets that are inherited"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("satisfied", sa.Double(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("period in ('month', 'quarter', 'year')", name=op.f("ck_goal_period")),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_goal_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_table(
        "target_default",
        sa.Column("journey_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_target_default_changed_by")),
        sa.PrimaryKeyConstraint("journey_id", name=op.f("pk_target_default")),
    )


def downgrade() -> None:
    op.drop_table("target_default")
    op.drop_table("goal")
