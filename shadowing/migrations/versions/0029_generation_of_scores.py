"""Which writing of its scores a panel is at, so that whoever keeps equations in memory sees that it was overtaken.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("panel") as batch:
        batch.add_column(sa.Column("generation", sa.Integer(), nullable=False, server_default="0"))


def downgrade():
    with op.batch_alter_table("panel") as batch:
        batch.drop_column("generation")
