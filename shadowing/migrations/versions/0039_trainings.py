"""A step of a plan may be a training: for which departments, and which standards it should lift.

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("improvement_step") as batch:
        batch.add_column(sa.Column("training", sa.Text(), nullable=True))


def downgrade():
    with op.batch_alter_table("improvement_step") as batch:
        batch.drop_column("training")
