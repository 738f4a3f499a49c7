"""An interaction's day beside its number, for the day's list: whom we have not been in touch with is asked of every contact with a cadence.

Revision ID: 0011
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_interaction_day", "interaction", ["id", "happened_on"])
