"""Drafts that ask for something keep why they may go out although their person was asked often.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; of drafts that are there, no reason was kept."""
    op.add_column("draft", sa.Column("anyway", sa.Text(), nullable=True))
