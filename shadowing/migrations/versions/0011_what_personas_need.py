"""What personas need"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("persona") as batch:
        batch.add_column(sa.Column("key", sa.String(64), nullable=True))
        batch.add_column(sa.Column("position", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("needs", sa.Text(), nullable=True))
        batch.add_column(sa.Column("removed_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE persona SET key = 'p' || CAST(id AS VARCHAR), position = id, needs = '[]'")
    with op.batch_alter_table("persona") as batch:
        batch.alter_column("key", existing_type=sa.String(64), nullable=False)
        batch.alter_column("position", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("needs", existing_type=sa.Text(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("persona") as batch:
        for column in ("removed_at", "needs", "position", "key"):
            batch.drop_column(column)
