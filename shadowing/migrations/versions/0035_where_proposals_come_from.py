"""Where a proposal comes from and why; until when it is put off; what was merged into what, and split from what.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("improvement") as batch:
        batch.add_column(sa.Column("origin", sa.String(16), nullable=True))
        batch.add_column(sa.Column("origin_ref", sa.String(80), nullable=True))
        batch.add_column(sa.Column("why", sa.Text(), nullable=True))
        batch.add_column(sa.Column("snoozed_until", sa.Date(), nullable=True))
        batch.add_column(sa.Column("snoozed_floor", sa.Double(), nullable=True))
        batch.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("split_from_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_improvement_merged_into_id"), "improvement", ["merged_into_id"], ["id"]
        )
        batch.create_foreign_key(op.f("fk_improvement_split_from_id"), "improvement", ["split_from_id"], ["id"])


def downgrade():
    with op.batch_alter_table("improvement") as batch:
        batch.drop_constraint(op.f("fk_improvement_split_from_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_improvement_merged_into_id"), type_="foreignkey")
        for name in (
            "split_from_id",
            "merged_into_id",
            "snoozed_floor",
            "snoozed_until",
            "why",
            "origin_ref",
            "origin",
        ):
            batch.drop_column(name)
