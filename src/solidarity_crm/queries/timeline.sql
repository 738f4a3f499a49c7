-- What happened with a contact, the newest first: interactions, meetings, moves of their offers and introductions, messages.
SELECT n.happened_on AS "on", 'N' || n.id AS ref, n.kind AS what, n.summary AS text, 0 AS place
  FROM participant p
  JOIN interaction n ON n.id = p.interaction_id
 WHERE p.contact_id = :contact
   -- what records that a meeting was held is told by the meeting below
   AND NOT (n.kind = 'meeting' AND n.about LIKE 'M%' AND EXISTS
            (SELECT 1 FROM meeting h WHERE h.id = CAST(substr(n.about, 2) AS INTEGER) AND h.title = n.summary))
UNION ALL
SELECT substr(m.starts, 1, 10), 'M' || m.id, 'meeting ' || m.status, m.title, 0
  FROM participant p
  JOIN meeting m ON m.id = p.meeting_id
 WHERE p.contact_id = :contact
UNION ALL
SELECT h.received_on, 'H' || h.id, 'offered', h.kind || ': ' || h.about, 0
  FROM offer h
 WHERE h.contact_id = :contact
UNION ALL
SELECT v.moved_on, v.ref, 'offer ' || v.to_status, coalesce(v.why, h.about), v.id
  FROM offer h
  JOIN move v ON v.ref = 'H' || h.id
 WHERE h.contact_id = :contact
UNION ALL
SELECT i.proposed_on, 'I' || i.id, 'introduction proposed', i.why, 0
  FROM introduction_side s
  JOIN introduction i ON i.id = s.introduction_id
 WHERE s.contact_id = :contact
UNION ALL
-- what they were asked and said themselves; of the other side not even that an answer came: only what becomes of it, in the words
-- of rules.introducing.outward, and not why, which may be what the other side said
SELECT s.asked_on, 'I' || i.id, 'introduction: asked', i.why, 0
  FROM introduction_side s
  JOIN introduction i ON i.id = s.introduction_id
 WHERE s.contact_id = :contact AND s.asked_on IS NOT NULL
UNION ALL
SELECT v.moved_on, v.ref, 'introduction ' || v.to_status, i.why, v.id
  FROM introduction_side s
  JOIN introduction i ON i.id = s.introduction_id
  JOIN move v ON v.ref = 'I' || i.id AND v.to_status NOT IN ('asking', 'agreed')
 WHERE s.contact_id = :contact
UNION ALL
SELECT f.ended_on, 'F' || f.id, 'follow-up ' || f.status, f.what, 0
  FROM followup f
 WHERE f.about = 'P' || :contact AND f.ended_on IS NOT NULL
UNION ALL
SELECT substr(d.exported_at, 1, 10), 'D' || d.id, 'message exported', d.subject, 0
  FROM draft d
 WHERE d.contact_id = :contact AND d.exported_at IS NOT NULL
   -- one that was sent is told by its interaction above
   AND d.status <> 'sent'
 ORDER BY 1 DESC, 5 DESC, 2 DESC
 LIMIT :limit
