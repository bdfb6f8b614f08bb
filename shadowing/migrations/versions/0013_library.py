"""A library of our own"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "library_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("kind in ('standard', 'phrase', 'touchpoint')", name=op.f("ck_library_item_kind")),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_library_item_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_item")),
    )


def downgrade() -> None:
    op.drop_table("library_item")
