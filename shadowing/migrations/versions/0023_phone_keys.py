"""The keys that phones seal with

Revision ID: 0023
Revises: 0022
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phone_keys",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(36), nullable=False),
        sa.Column("wrapped", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_phone_keys_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "phone", name=op.f("pk_phone_keys")),
    )


def downgrade() -> None:
    op.drop_table("phone_keys")
