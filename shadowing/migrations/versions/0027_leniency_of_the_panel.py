"""How lenient a panel is on the whole, which the parts of an area by persona, scenario and period need.

Revision ID: 0027
Revises: 0026
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("panel_fit") as batch:
        batch.add_column(sa.Column("lenient", sa.Double(), nullable=True))
    # Every panel that was fitted goes through the worker once.
    now = sa.bindparam("now", datetime.now(UTC).replace(tzinfo=None), sa.DateTime())
    fitted = "INSERT INTO score_change (panel_id, created_at) SELECT DISTINCT panel_id, :now FROM panel_fit"
    op.get_bind().execute(sa.text(fitted).bindparams(now))


def downgrade():
    with op.batch_alter_table("panel_fit") as batch:
        batch.drop_column("lenient")
