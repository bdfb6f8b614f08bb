"""When a lead asked for improvements of an imported journey.

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("journey") as batch:
        batch.add_column(sa.Column("improvements_asked_at", sa.DateTime(), nullable=True))
    # What already has improvements goes on as it was.
    op.execute(
        "update journey set improvements_asked_at = current_timestamp where origin = 'import' and id in ("
        "select touchpoint.journey_id from touchpoint join area on area.touchpoint_id = touchpoint.id "
        "join improvement on improvement.area_id = area.id)"
    )


def downgrade():
    with op.batch_alter_table("journey") as batch:
        batch.drop_column("improvements_asked_at")
