"""Coverage and plans"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('visit_path',
    sa.Column('visit_id', sa.Uuid(), nullable=False),
    sa.Column('panel_id', sa.Integer(), nullable=False),
    sa.Column('journey_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('site_id', sa.Integer(), nullable=True),
    sa.Column('persona_id', sa.Integer(), nullable=True),
    sa.Column('scenario', sa.String(length=120), nullable=True),
    sa.Column('encounter', sa.String(length=32), nullable=False),
    sa.Column('last_at', sa.DateTime(), nullable=False),
    sa.Column('steps', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['journey_id'], ['journey.id'], name=op.f('fk_visit_path_journey_id')),
    sa.ForeignKeyConstraint(['panel_id'], ['panel.id'], name=op.f('fk_visit_path_panel_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_visit_path_person_id')),
    sa.ForeignKeyConstraint(['persona_id'], ['persona.id'], name=op.f('fk_visit_path_persona_id')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_visit_path_site_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_visit_path_visit_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('visit_id', name=op.f('pk_visit_path'))
    )
    with op.batch_alter_table('visit_path') as batch_op:
        batch_op.create_index('ix_visit_path_journey', ['panel_id', 'journey_id', 'last_at'], unique=False)
    with op.batch_alter_table('panel_fit') as batch_op:
        batch_op.add_column(sa.Column('base', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('base_se', sa.Double(), nullable=True))
    with op.batch_alter_table('person') as batch_op:
        batch_op.add_column(sa.Column('calendar_digest', sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f('ix_person_calendar_digest'), ['calendar_digest'], unique=False)
    with op.batch_alter_table('plan') as batch_op:
        batch_op.add_column(sa.Column('companion_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('encounter_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('series', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('planned_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('changed_at', sa.DateTime(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_plan_companion_id'), 'person', ['companion_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_plan_planned_by'), 'person', ['planned_by'], ['id'])
        batch_op.create_index(batch_op.f('ix_plan_encounter_id'), ['encounter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_series'), ['series'], unique=False)
    # Whatever was seen so far goes through the worker once, which notes its way.
    now = sa.bindparam('now', datetime.now(UTC).replace(tzinfo=None), sa.DateTime())
    op.get_bind().execute(
        sa.text(
            'INSERT INTO score_change (visit_id, panel_id, created_at) '
            'SELECT id, panel_id, :now FROM visit WHERE import_id IS NULL'
        ).bindparams(now)
    )


def downgrade() -> None:
    with op.batch_alter_table('plan') as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_series'))
        batch_op.drop_index(batch_op.f('ix_plan_encounter_id'))
        batch_op.drop_constraint(batch_op.f('fk_plan_planned_by'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_plan_companion_id'), type_='foreignkey')
        batch_op.drop_column('changed_at')
        batch_op.drop_column('planned_by')
        batch_op.drop_column('series')
        batch_op.drop_column('encounter_id')
        batch_op.drop_column('companion_id')
    with op.batch_alter_table('person') as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_calendar_digest'))
        batch_op.drop_column('calendar_digest')
    with op.batch_alter_table('panel_fit') as batch_op:
        batch_op.drop_column('base_se')
        batch_op.drop_column('base')
    op.drop_table('visit_path')
