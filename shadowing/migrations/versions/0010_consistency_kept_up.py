"""What should be one service, kept up with the scores"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('journey_ways',
    sa.Column('panel_id', sa.Integer(), nullable=False),
    sa.Column('journey_id', sa.Integer(), nullable=False),
    sa.Column('figures', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['journey_id'], ['journey.id'], name=op.f('fk_journey_ways_journey_id')),
    sa.ForeignKeyConstraint(['panel_id'], ['panel.id'], name=op.f('fk_journey_ways_panel_id')),
    sa.PrimaryKeyConstraint('panel_id', 'journey_id', name=op.f('pk_journey_ways'))
    )


def downgrade() -> None:
    op.drop_table('journey_ways')
