-- What a contact offers, the introductions by and for them, and the meetings ahead: one line each, with its state.
-- When a series has its next date is for recurrence rules to say.
SELECT 'offer' AS link, 'H' || h.id AS ref, h.kind || ': ' || h.about AS name, h.status, h.received_on AS day,
       h.status = 'fulfilled' AND h.thanked_on IS NULL AS owed
  FROM offer h
 WHERE h.contact_id = :contact
UNION ALL
SELECT 'introduction', 'I' || i.id, (SELECT r.name FROM record_name r WHERE r.letter = 'I' AND r.id = i.id), i.status, i.proposed_on,
       i.met_on IS NOT NULL AND i.thanked_on IS NULL
  FROM introduction i
 WHERE i.introducer_id = :contact OR EXISTS (SELECT 1 FROM introduction_side s WHERE s.introduction_id = i.id AND s.contact_id = :contact)
UNION ALL
SELECT 'meeting', 'M' || m.id, m.title, m.status, substr(m.starts, 1, 10), 0
  FROM participant p
  JOIN meeting m ON m.id = p.meeting_id
 WHERE p.contact_id = :contact AND m.status = 'planned' AND m.recurs IS NULL AND m.starts >= :today
UNION ALL
SELECT 'draft', 'D' || d.id, d.subject, d.status, substr(d.created_at, 1, 10), 0
  FROM draft d
 WHERE d.contact_id = :contact AND d.status = 'draft'
 ORDER BY 1, 5 DESC, 2
