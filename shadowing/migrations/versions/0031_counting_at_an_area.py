"""The index by which an area's page finds its evidence also holds what the page counts: no observation is opened for it.

Revision ID: 0031
Revises: 0030
"""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

COUNTED = ["area_id", "panel_id", "scored", "observed_at", "speaks", "site_id", "utility", "usability", "delight"]


def upgrade():
    op.drop_index("ix_observation_speaks", "observation")
    op.create_index("ix_observation_area", "observation", COUNTED)


def downgrade():
    op.drop_index("ix_observation_area", "observation")
    op.create_index("ix_observation_speaks", "observation", ["area_id", "speaks", "observed_at"])
