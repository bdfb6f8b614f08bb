"""Whether somebody is of every site is said, and no longer read from an empty list.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    for table, link in (("person", "person_site"), ("invitation", "invitation_site")):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("all_sites", sa.Boolean(), nullable=False, server_default=sa.false()))
        op.execute(
            f"update {table} set all_sites = (1 = 1) where not exists "
            f"(select 1 from {link} where {link}.{table}_id = {table}.id)"
        )
        with op.batch_alter_table(table) as batch:
            batch.alter_column("all_sites", server_default=None)


def downgrade():
    for table in ("person", "invitation"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("all_sites")
