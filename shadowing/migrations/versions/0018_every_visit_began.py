"""A visit that did not say when it began, began when it arrived: before, it stood in no window and on one page only.

Revision ID: 0018
Revises: 0017
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("update visit set started_at = received_at where started_at is null")


def downgrade():
    pass  # what the phone said stands in the body
