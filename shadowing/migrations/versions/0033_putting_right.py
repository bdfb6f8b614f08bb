"""A serious failure is put right with the customer: until when, and that it was.

What is known already counts from the day it was raised.

Revision ID: 0033
Revises: 0032
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

HOURS = {"safety": 24}


def upgrade():
    with op.batch_alter_table("improvement") as batch:
        batch.add_column(sa.Column("right_due_at", sa.DateTime(), nullable=True))
        batch.add_column(sa.Column("righted_at", sa.DateTime(), nullable=True))
        batch.add_column(sa.Column("righted_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("righted_words", sa.Text(), nullable=True))
        batch.create_foreign_key(op.f("fk_improvement_righted_by_id"), "person", ["righted_by_id"], ["id"])
    item = sa.table(
        "improvement",
        sa.column("id"),
        sa.column("serious"),
        *(sa.column(name, sa.DateTime()) for name in ("raised_at", "right_due_at")),
    )
    for row in op.get_bind().execute(sa.select(item).where(item.c.serious.is_not(None))).all():
        due = row.raised_at + timedelta(hours=HOURS.get(row.serious, 72))
        op.execute(sa.update(item).where(item.c.id == row.id).values(right_due_at=due))


def downgrade():
    with op.batch_alter_table("improvement") as batch:
        batch.drop_constraint(op.f("fk_improvement_righted_by_id"), type_="foreignkey")
        for name in ("righted_words", "righted_by_id", "righted_at", "right_due_at"):
            batch.drop_column(name)
