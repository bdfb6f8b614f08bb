"""Decisions about promises"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "promise_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("touchpoint_id", sa.Integer(), nullable=False),
        sa.Column("standard_key", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(8), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("improvement_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("decision in ('keep', 'correct')", name=op.f("ck_promise_decision_decision")),
        sa.ForeignKeyConstraint(
            ["touchpoint_id"], ["touchpoint.id"], name=op.f("fk_promise_decision_touchpoint_id")
        ),
        sa.ForeignKeyConstraint(
            ["improvement_id"], ["improvement.id"], name=op.f("fk_promise_decision_improvement_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_promise_decision_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_decision")),
    )
    op.create_index("ix_promise_decision_promise", "promise_decision", ["touchpoint_id", "standard_key"])


def downgrade() -> None:
    op.drop_table("promise_decision")
