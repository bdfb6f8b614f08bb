"""Invitations; what an organisation says of itself; places that are closed"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=True),
    sa.Column('uses', sa.Integer(), nullable=False),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("role in ('observer', 'lead', 'executive')", name=op.f('ck_invitation_role')),
    sa.CheckConstraint('used >= 0 and used <= uses', name=op.f('ck_invitation_used')),
    sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f('fk_invitation_department_id')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_invitation_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('code', name=op.f('uq_invitation_code'))
    )
    op.create_table('invitation_site',
    sa.Column('invitation_id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitation.id'], name=op.f('fk_invitation_site_invitation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_invitation_site_site_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('invitation_id', 'site_id', name=op.f('pk_invitation_site'))
    )
    with op.batch_alter_table('department', schema=None) as batch_op:
        batch_op.add_column(sa.Column('closed_at', sa.DateTime(), nullable=True))

    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('languages', sa.Text(), nullable=False, server_default='["en","zh"]'))
        batch_op.add_column(sa.Column('served', sa.String(length=16), nullable=False, server_default='customers'))
        batch_op.add_column(sa.Column('colour', sa.String(length=7), nullable=False, server_default='#07505a'))
        batch_op.add_column(sa.Column('mark', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('mail', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('mail_came_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('set_up_at', sa.DateTime(), nullable=True))

    with op.batch_alter_table('site', schema=None) as batch_op:
        batch_op.add_column(sa.Column('closed_at', sa.DateTime(), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('site', schema=None) as batch_op:
        batch_op.drop_column('closed_at')

    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_column('set_up_at')
        batch_op.drop_column('mail_came_at')
        batch_op.drop_column('mail')
        batch_op.drop_column('mark')
        batch_op.drop_column('colour')
        batch_op.drop_column('served')
        batch_op.drop_column('languages')

    with op.batch_alter_table('department', schema=None) as batch_op:
        batch_op.drop_column('closed_at')

    op.drop_table('invitation_site')
    op.drop_table('invitation')
