"""The plan of an improvement becomes a checklist; what fits into a month.

Every line of a plan is a step. Going back joins the steps to lines again.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

MONEY_AND_DAYS = ("month_days", "month_money")


def upgrade():
    op.create_table(
        "improvement_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("improvement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("days", sa.Double(), nullable=True),
        sa.Column("cost", sa.Double(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["improvement_id"], ["improvement.id"], name=op.f("fk_improvement_step_improvement_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_improvement_step_owner_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_improvement_step_done_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_step")),
    )
    op.create_index(op.f("ix_improvement_step_improvement_id"), "improvement_step", ["improvement_id"])
    op.create_index(op.f("ix_improvement_step_owner_id"), "improvement_step", ["owner_id"])
    for name in MONEY_AND_DAYS:
        op.add_column("organisation", sa.Column(name, sa.Double(), nullable=True))
    _to_steps()
    op.drop_column("improvement", "plan")


def downgrade():
    op.add_column("improvement", sa.Column("plan", sa.Text(), nullable=True))
    _to_text()
    for name in MONEY_AND_DAYS:
        op.drop_column("organisation", name)
    op.drop_table("improvement_step")


def _tables():
    item = sa.table("improvement", sa.column("id"), sa.column("plan"), sa.column("changed_at", sa.DateTime()))
    step = sa.table(
        "improvement_step",
        *(sa.column(name) for name in ("id", "revision", "improvement_id", "position", "what")),
        *(sa.column(name, sa.DateTime()) for name in ("removed_at", "created_at")),
    )
    return item, step


def _to_steps():
    item, step = _tables()
    rows = op.get_bind().execute(sa.select(item).where(item.c.plan.is_not(None))).all()
    made = [
        {"revision": 1, "improvement_id": row.id, "position": position, "what": line, "created_at": row.changed_at}
        for row in rows
        for position, line in enumerate(filter(None, map(str.strip, row.plan.splitlines())))
    ]
    if made:
        op.bulk_insert(step, made)


def _to_text():
    item, step = _tables()
    rows = op.get_bind().execute(sa.select(step).where(step.c.removed_at.is_(None)).order_by(step.c.position, step.c.id))
    plans = {}
    for row in rows:
        plans.setdefault(row.improvement_id, []).append(row.what)
    for id, lines in plans.items():
        op.execute(sa.update(item).where(item.c.id == id).values(plan="\n".join(lines)))
