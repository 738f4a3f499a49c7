-- What speaks for ties of some contacts (:contacts, a JSON list of their numbers): each reason, with the person at the other end.
-- Present roles at one organisation, a meeting that both were at, an introduction that was made; where more than :most are together, nothing.
WITH wanted AS MATERIALIZED (SELECT value AS id FROM json_each(:contacts)),
     place AS MATERIALIZED (
       SELECT organisation_id
         FROM (SELECT DISTINCT a.organisation_id
                 FROM wanted w JOIN affiliation a ON a.contact_id = w.id
                WHERE a.until IS NULL OR a.until >= :today) seen
        WHERE (SELECT count(DISTINCT b.contact_id) FROM affiliation b
                WHERE b.organisation_id = seen.organisation_id AND (b.until IS NULL OR b.until >= :today)) <= :most),
     gathering AS MATERIALIZED (
       SELECT meeting_id
         FROM (SELECT DISTINCT p.meeting_id
                 FROM wanted w JOIN participant p ON p.contact_id = w.id JOIN meeting m ON m.id = p.meeting_id
                WHERE m.status = 'held') seen
        WHERE (SELECT count(*) FROM participant q WHERE q.meeting_id = seen.meeting_id AND q.contact_id IS NOT NULL) <= :most)
SELECT t.contact_id, t.other_id, 'tie' AS kind, NULL AS ref, t.known_from AS place, NULL AS last, t.strength, t.state
  FROM wanted w JOIN tie t ON t.contact_id = w.id
UNION ALL
SELECT t.other_id, t.contact_id, 'tie', NULL, t.known_from, NULL, t.strength, t.state
  FROM wanted w JOIN tie t ON t.other_id = w.id
UNION ALL
SELECT a.contact_id, b.contact_id, 'organisation', 'O' || o.id, o.name, NULL, NULL, NULL
  FROM place s
  JOIN organisation o ON o.id = s.organisation_id
  JOIN affiliation b ON b.organisation_id = o.id AND (b.until IS NULL OR b.until >= :today)
  JOIN affiliation a ON a.organisation_id = o.id AND (a.until IS NULL OR a.until >= :today)
 WHERE a.contact_id IN wanted AND b.contact_id <> a.contact_id
UNION ALL
SELECT p.contact_id, q.contact_id, 'meeting', 'M' || m.id, m.title, substr(m.starts, 1, 10), NULL, NULL
  FROM gathering g
  JOIN meeting m ON m.id = g.meeting_id
  JOIN participant q ON q.meeting_id = m.id AND q.contact_id IS NOT NULL
  JOIN participant p ON p.meeting_id = m.id
 WHERE p.contact_id IN wanted AND q.contact_id <> p.contact_id
UNION ALL
SELECT s.contact_id, z.contact_id, 'introduction', 'I' || i.id, i.why, coalesce(i.met_on, i.made_on), NULL, NULL
  FROM wanted w
  JOIN introduction_side s ON s.contact_id = w.id
  JOIN introduction i ON i.id = s.introduction_id AND i.made_on IS NOT NULL
  JOIN introduction_side z ON z.introduction_id = i.id AND z.contact_id <> s.contact_id
