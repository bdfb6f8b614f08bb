"""What putting two sites or two channels side by side needs of a fit; which periods outside the window were asked for.

Empty until the next fit, which comes with the next visit or the next night.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "kept_fit_sides",
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("sites", sa.Text(), nullable=False),
        sa.Column("variances", sa.Text(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_kept_fit_sides_panel_id")),
        sa.PrimaryKeyConstraint("panel_id", "level", name=op.f("pk_kept_fit_sides")),
    )
    op.create_table(
        "kept_area_sides",
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("linked", sa.Integer(), nullable=True),
        sa.Column("beside", sa.Text(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_kept_area_sides_panel_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_kept_area_sides_area_id")),
        sa.PrimaryKeyConstraint("panel_id", "area_id", "level", name=op.f("pk_kept_area_sides")),
    )
    op.create_table(
        "period_fit",
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("fitted_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_period_fit_panel_id")),
        sa.PrimaryKeyConstraint("panel_id", "day", name=op.f("pk_period_fit")),
    )


def downgrade():
    op.drop_table("period_fit")
    op.drop_table("kept_area_sides")
    op.drop_table("kept_fit_sides")
