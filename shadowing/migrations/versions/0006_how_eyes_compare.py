"""How each observer's eye compares, kept with the fit"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('panel_fit') as batch_op:
        batch_op.add_column(sa.Column('eyes', sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('panel_fit') as batch_op:
        batch_op.drop_column('eyes')
