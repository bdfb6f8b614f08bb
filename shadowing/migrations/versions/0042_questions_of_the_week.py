"""What is asked of those who decide each week, what is replied to their questions, and evidence of promises.

Revision ID: 0042
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("decision", sa.Column("about_key", sa.String(64), nullable=True))
    op.add_column("promise_decision", sa.Column("cited", sa.Text(), nullable=True))
    op.create_table(
        "decision_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_reply_decision_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_decision_reply_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_reply")),
    )
    op.create_index(op.f("ix_decision_reply_decision_id"), "decision_reply", ["decision_id"])
    op.create_table(
        "week_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("journey_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("ref", sa.String(80), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["journey_id"], ["journey.id"], name=op.f("fk_week_question_journey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_question")),
    )
    op.create_index("ix_week_question_once", "week_question", ["monday", "journey_id", "kind", "ref"], unique=True)


def downgrade():
    op.drop_table("week_question")
    op.drop_table("decision_reply")
    op.drop_column("promise_decision", "cited")
    op.drop_column("decision", "about_key")
