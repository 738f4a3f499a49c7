"""The search index over every text that people typed, and a journal that can only grow.

The index is SQLite's own (FTS5); elsewhere the view alone is made. The program fills the index when it upgrades a store.

Revision ID: 0002
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# one row a record: the words it is found by first (title), and all else that was typed about it (body)
DOCUMENTS = """
CREATE VIEW search_document (letter, id, title, body) AS
SELECT 'P', c.id,
       c.name || coalesce(' · ' || c.known_as, '') || coalesce(' · ' || c.given_name, '') || coalesce(' ' || c.family_name, ''),
       coalesce(c.note || ' · ', '') || coalesce(c.pronouns || ' · ', '') || coalesce(c.do_not_contact_reason || ' · ', '')
       || coalesce((SELECT string_agg(p.value, ' · ' ORDER BY p.id) FROM contact_point p WHERE p.contact_id = c.id) || ' · ', '')
       || coalesce((SELECT string_agg(t.tag, ' · ' ORDER BY t.id) FROM tag t WHERE t.contact_id = c.id) || ' · ', '')
       || coalesce((SELECT string_agg(w.community, ' · ' ORDER BY w.id) FROM works_with w WHERE w.contact_id = c.id) || ' · ', '')
       || coalesce((SELECT string_agg(a.role, ' · ' ORDER BY a.id) FROM affiliation a WHERE a.contact_id = c.id), '')
FROM contact c
UNION ALL
SELECT 'O', o.id, o.name,
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
"""

INDEX = (
    "CREATE VIRTUAL TABLE search USING fts5(title, body, folded, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    # a deleted record's words leave the index with it (SQLite FTS5 §6.8)
    "INSERT INTO search (search, rank) VALUES ('secure-delete', 1)",
    "CREATE VIRTUAL TABLE search_word USING fts5vocab(search, row)",
)

APPEND_ONLY = tuple(
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT raise(ABORT, 'the journal only grows'); END"
    for table in ("journal", "journal_change")
    for verb in ("UPDATE", "DELETE")
)


def upgrade() -> None:
    """Make the view, and on SQLite the index and the guards."""
    op.execute(DOCUMENTS)
    if op.get_bind().dialect.name == "sqlite":
        for statement in (*INDEX, *APPEND_ONLY):
            op.execute(statement)
