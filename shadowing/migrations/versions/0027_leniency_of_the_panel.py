"""How lenient a panel is on the whole, which the parts of an area by persona, scenario and period need.

Empty until the next fit, which comes with the next visit or the next night.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("panel_fit") as batch:
        batch.add_column(sa.Column("lenient", sa.Double(), nullable=True))


def downgrade():
    with op.batch_alter_table("panel_fit") as batch:
        batch.drop_column("lenient")
