"""Meetings that recur, that take whole days, that came from other calendars; who said they come; the day of the month of a follow-up.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the columns; each is empty, or no, in the rows that are there."""
    op.add_column("meeting", sa.Column("all_day", sa.Boolean(), nullable=False, server_default=sa.false()))
    for column in ("recurs", "left_out", "date_of"):
        op.add_column("meeting", sa.Column(column, sa.Text(), nullable=True))
    op.execute("ALTER TABLE meeting ADD COLUMN series_id INTEGER CONSTRAINT fk_meeting_series_id REFERENCES meeting (id)")
    op.create_index("ix_meeting_series_id", "meeting", ["series_id", "date_of"], unique=True)
    op.add_column("followup", sa.Column("month_day", sa.Integer(), nullable=True))
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_answer_meeting_id"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_answer_contact_id"),
    )
    op.create_index("ix_answer_meeting_id", "answer", ["meeting_id"])
    op.create_index("ix_answer_contact_id", "answer", ["contact_id"])
    op.create_table(
        "calendar_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_event"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_calendar_event_meeting_id"),
    )
    op.create_index("ix_calendar_event_meeting_id", "calendar_event", ["meeting_id"])
    op.create_index("ix_calendar_event_uid", "calendar_event", ["uid"], unique=True)
