"""Who has confirmed the numbers that came with a ready journey.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("journey") as batch:
        batch.add_column(sa.Column("figures_confirmed_at", sa.DateTime(), nullable=True))
        batch.add_column(sa.Column("figures_confirmed_by", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_journey_figures_confirmed_by"), "person", ["figures_confirmed_by"], ["id"]
        )


def downgrade():
    with op.batch_alter_table("journey") as batch:
        batch.drop_constraint(op.f("fk_journey_figures_confirmed_by"), type_="foreignkey")
        batch.drop_column("figures_confirmed_by")
        batch.drop_column("figures_confirmed_at")
