"""The title of an improvement in a second language.

Revision ID: 0040
Revises: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("improvement", sa.Column("titles", sa.Text(), nullable=True))


def downgrade():
    op.drop_column("improvement", "titles")
