"""Codes with which customers took visits back"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'withdrawal',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code_hash', sa.String(length=64), nullable=False),
        sa.Column('asked_at', sa.DateTime(), nullable=False),
        sa.Column('erased_at', sa.DateTime(), nullable=True),
        sa.Column('notes', sa.Integer(), nullable=False),
        sa.Column('photos', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_withdrawal')),
        sa.UniqueConstraint('code_hash', name=op.f('uq_withdrawal_code_hash')),
    )


def downgrade() -> None:
    op.drop_table('withdrawal')
