"""What an area keeps while a fix is being seen again, and how its score comes about.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ADDED = {
    "area_epoch": (("standing", sa.Text()), ("taken_over_at", sa.DateTime())),
    "area_score": (("who", sa.Double()), ("company", sa.Double()), ("towards", sa.Double())),
    "area_result": (
        ("fixed_at", sa.DateTime()),
        ("score_before", sa.Double()),
        ("planned", sa.Integer()),
    ),
}


def upgrade():
    for table, columns in ADDED.items():
        with op.batch_alter_table(table) as batch:
            for name, kind in columns:
                batch.add_column(sa.Column(name, kind, nullable=True))
    with op.batch_alter_table("area_result") as batch:
        batch.add_column(sa.Column("seen_again", sa.Integer(), nullable=False, server_default="0"))


def downgrade():
    with op.batch_alter_table("area_result") as batch:
        batch.drop_column("seen_again")
    for table, columns in ADDED.items():
        with op.batch_alter_table(table) as batch:
            for name, _ in columns:
                batch.drop_column(name)
