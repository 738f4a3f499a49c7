"""Drafts keep why they may go out although their person was asked often, and are found by what they are about.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column and the index; of drafts that are there, no reason was kept."""
    op.add_column("draft", sa.Column("anyway", sa.Text(), nullable=True))
    op.create_index("ix_draft_about", "draft", ["about"])
