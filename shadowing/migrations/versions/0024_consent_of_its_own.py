"""Whether a customer agreed to photos and to voice notes, apart from being accompanied

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ADDED = ("consent_photos", "consent_voice")


def upgrade() -> None:
    with op.batch_alter_table("visit") as batch:
        for name in ADDED:
            batch.add_column(sa.Column(name, sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("visit") as batch:
        for name in ADDED:
            batch.drop_column(name)
