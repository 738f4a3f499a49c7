"""The front door: proposals made of form replies, what imports keep, former names and mergers, disclosures.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# as in 0001, with proposals
NAMES = """
CREATE VIEW record_name (letter, id, name, status) AS
SELECT 'P', id, name, CAST(NULL AS TEXT) FROM contact
UNION ALL SELECT 'O', id, name, CAST(NULL AS TEXT) FROM organisation
UNION ALL SELECT 'H', id, about, status FROM offer
UNION ALL SELECT 'A', id, about, status FROM ask
UNION ALL SELECT 'I', i.id, CAST(l.name || ' and ' || r.name AS TEXT), i.status
            FROM introduction i
            JOIN introduction_side ls ON ls.introduction_id = i.id AND ls.side = 'left'
            JOIN contact l ON l.id = ls.contact_id
            JOIN introduction_side rs ON rs.introduction_id = i.id AND rs.side = 'right'
            JOIN contact r ON r.id = rs.contact_id
UNION ALL SELECT 'F', id, what, status FROM followup
UNION ALL SELECT 'M', id, title, status FROM meeting
UNION ALL SELECT 'N', id, summary, CAST(NULL AS TEXT) FROM interaction
UNION ALL SELECT 'D', id, subject, status FROM draft
UNION ALL SELECT 'R', id, CAST(coalesce(name, email, origin) AS TEXT), status FROM proposal
"""
# as in 0002, with former names, postal addresses and proposals
DOCUMENTS = """
CREATE VIEW search_document (letter, id, title, body) AS
SELECT 'P', c.id,
       c.name || coalesce(' · ' || c.known_as, '') || coalesce(' · ' || c.given_name, '') || coalesce(' ' || c.family_name, '')
       || coalesce((SELECT ' · ' || string_agg(b.name, ' · ' ORDER BY b.id) FROM former_name b WHERE b.contact_id = c.id), ''),
       coalesce(c.note || ' · ', '') || coalesce(c.pronouns || ' · ', '') || coalesce(c.do_not_contact_reason || ' · ', '')
       || coalesce((SELECT string_agg(p.value, ' · ' ORDER BY p.id) FROM contact_point p WHERE p.contact_id = c.id) || ' · ', '')
       || coalesce((SELECT string_agg(t.tag, ' · ' ORDER BY t.id) FROM tag t WHERE t.contact_id = c.id) || ' · ', '')
       || coalesce((SELECT string_agg(w.community, ' · ' ORDER BY w.id) FROM works_with w WHERE w.contact_id = c.id) || ' · ', '')
       || coalesce((SELECT string_agg(a.role, ' · ' ORDER BY a.id) FROM affiliation a WHERE a.contact_id = c.id), '')
       || coalesce((SELECT ' · ' || string_agg(concat_ws(', ', s.street, s.locality, s.region, s.postal_code, s.country), ' · ' ORDER BY s.id)
                      FROM postal_address s WHERE s.contact_id = c.id), '')
FROM contact c
UNION ALL
SELECT 'O', o.id, o.name || coalesce((SELECT ' · ' || string_agg(b.name, ' · ' ORDER BY b.id) FROM former_name b WHERE b.organisation_id = o.id), ''),
       coalesce(o.note || ' · ', '') || coalesce(o.address || ' · ', '') || coalesce(o.website || ' · ', '') || o.kind
       || coalesce((SELECT ' · ' || string_agg(p.value, ' · ' ORDER BY p.id) FROM contact_point p WHERE p.organisation_id = o.id), '')
       || coalesce((SELECT ' · ' || string_agg(w.community, ' · ' ORDER BY w.id) FROM works_with w WHERE w.organisation_id = o.id), '')
FROM organisation o
UNION ALL
SELECT 'H', h.id, h.about,
       h.kind || coalesce(' · ' || h.capacity, '') || coalesce(' · ' || h.outcome, '') || coalesce(' · ' || h.source, '')
       || coalesce((SELECT ' · ' || string_agg(u.what, ' · ' ORDER BY u.id) FROM offer_use u WHERE u.offer_id = h.id), '')
       || coalesce((SELECT ' · ' || string_agg(w.community, ' · ' ORDER BY w.id) FROM works_with w WHERE w.offer_id = h.id), '')
       || coalesce((SELECT ' · ' || string_agg(v.why, ' · ' ORDER BY v.id) FROM move v WHERE v.ref = 'H' || h.id), '')
FROM offer h
UNION ALL
SELECT 'A', a.id, a.about,
       a.kind || coalesce(' · ' || a.outcome, '')
       || coalesce((SELECT ' · ' || string_agg(w.community, ' · ' ORDER BY w.id) FROM works_with w WHERE w.ask_id = a.id), '')
       || coalesce((SELECT ' · ' || string_agg(v.why, ' · ' ORDER BY v.id) FROM move v WHERE v.ref = 'A' || a.id), '')
FROM ask a
UNION ALL
SELECT 'I', i.id, i.why,
       coalesce(i.outcome, '')
       || coalesce((SELECT ' · ' || string_agg(s.words, ' · ' ORDER BY s.id) FROM introduction_side s WHERE s.introduction_id = i.id), '')
FROM introduction i
UNION ALL
SELECT 'F', f.id, f.what, '' FROM followup f
UNION ALL
SELECT 'M', m.id, m.title, coalesce(m.place || ' · ', '') || coalesce(m.agenda || ' · ', '') || coalesce(m.notes, '') FROM meeting m
UNION ALL
SELECT 'N', n.id, n.summary, coalesce(n.body, '') FROM interaction n
UNION ALL
SELECT 'D', d.id, d.subject, d.body FROM draft d
UNION ALL
SELECT 'R', r.id, coalesce(r.name, r.email, r.origin),
       coalesce(r.organisation || ' · ', '') || coalesce(r.role || ' · ', '') || coalesce(r.email || ' · ', '') || coalesce(r.phone || ' · ', '')
       || coalesce(r.choices || ' · ', '') || coalesce(r.words || ' · ', '') || coalesce(r.body, '')
       || coalesce((SELECT ' · ' || string_agg(v.why, ' · ' ORDER BY v.id) FROM move v WHERE v.ref = 'R' || r.id), '')
FROM proposal r
"""
LINES = {
    "proposal": (
        "name",
        "given_name",
        "family_name",
        "pronouns",
        "email",
        "phone",
        "organisation",
        "role",
        "choices",
        "words",
        "consent",
        "body",
    ),
    "postal_address": ("label", "street", "locality", "region", "postal_code", "country"),
}


def upgrade() -> None:
    """Make the tables, and the views anew."""
    _recognised()
    _proposals()
    for view, made in (("record_name", NAMES), ("search_document", DOCUMENTS)):
        op.execute(f"DROP VIEW {view}")
        op.execute(made)


def _texts(table: str) -> list[sa.Column[str]]:
    """Give a table's columns of text that may be empty."""
    return [sa.Column(name, sa.Text(), nullable=True) for name in LINES[table]]


def _recognised() -> None:
    """By what somebody is recognised, and where letters reach them."""
    op.create_table(
        "former_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_former_name"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_former_name_contact_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_former_name_organisation_id"),
    )
    op.create_index("ix_former_name_contact_id", "former_name", ["contact_id"])
    op.create_index("ix_former_name_organisation_id", "former_name", ["organisation_id"])
    op.create_index("ix_former_name_name_key", "former_name", ["name_key"])
    op.create_table(
        "identifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identifier"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_identifier_contact_id"),
    )
    op.create_index("ix_identifier_contact_id", "identifier", ["contact_id"])
    op.create_index("ix_identifier_value", "identifier", ["system", "value"])
    op.create_table(
        "not_duplicate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_not_duplicate"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_not_duplicate_contact_id"),
        sa.ForeignKeyConstraint(["other_id"], ["contact.id"], name="fk_not_duplicate_other_id"),
    )
    op.create_index("ix_not_duplicate_contact_id", "not_duplicate", ["contact_id"])
    op.create_index("ix_not_duplicate_other_id", "not_duplicate", ["other_id"])
    op.create_table(
        "merger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("old_ref", sa.Text(), nullable=False),
        sa.Column("new_ref", sa.Text(), nullable=False),
        sa.Column("merged_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_merger"),
    )
    op.create_index("ix_merger_old_ref", "merger", ["old_ref"])
    op.create_index("ix_merger_new_ref", "merger", ["new_ref"])
    op.create_table(
        "postal_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        *_texts("postal_address"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_postal_address"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_postal_address_contact_id"),
    )
    op.create_index("ix_postal_address_contact_id", "postal_address", ["contact_id"])


def _proposals() -> None:
    """What came through the door, and what left through it."""
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("reply_key", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reply_due", sa.Date(), nullable=False),
        *_texts("proposal"),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_proposal_contact_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proposal_reply_key", "proposal", ["reply_key"])
    op.create_index("ix_proposal_status", "proposal", ["status"])
    op.create_index("ix_proposal_contact_id", "proposal", ["contact_id"])
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosed_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("refs", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure"),
    )
    op.create_index("ix_disclosure_disclosed_on", "disclosure", ["disclosed_on"])
