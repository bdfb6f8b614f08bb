"""Why a fix helps or harms each lens; what was decided, by whom, on which evidence.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("improvement") as batch:
        batch.add_column(sa.Column("lens_reasons", sa.Text(), nullable=True))
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("option", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("cited", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_decision_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_about", "decision", ["kind", "about_id"])


def downgrade():
    op.drop_table("decision")
    with op.batch_alter_table("improvement") as batch:
        batch.drop_column("lens_reasons")
