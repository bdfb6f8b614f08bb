"""How the index of journeys moved, and what it is held against.

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

from shadowing.core.database import Document

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "panel_trend",
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("journeys", Document(), nullable=False),
        sa.Column("fitted_at", sa.DateTime(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("forgotten", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_panel_trend_panel_id")),
        sa.PrimaryKeyConstraint("panel_id", name=op.f("pk_panel_trend")),
    )
    op.create_table(
        "benchmark",
        sa.Column("journey_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("error", sa.Double(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_benchmark_changed_by")),
        sa.ForeignKeyConstraint(["journey_id"], ["journey.id"], name=op.f("fk_benchmark_journey_id")),
        sa.PrimaryKeyConstraint("journey_id", name=op.f("pk_benchmark")),
    )


def downgrade():
    op.drop_table("benchmark")
    op.drop_table("panel_trend")
