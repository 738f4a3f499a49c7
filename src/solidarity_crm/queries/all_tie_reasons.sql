-- What speaks for any tie in the network, each reason once, the lower number first; else as tie_reasons.
WITH place AS MATERIALIZED (
       SELECT organisation_id FROM affiliation WHERE until IS NULL OR until >= :today
        GROUP BY organisation_id HAVING count(DISTINCT contact_id) BETWEEN 2 AND :most),
     gathering AS MATERIALIZED (
       SELECT p.meeting_id FROM participant p JOIN meeting m ON m.id = p.meeting_id
        WHERE m.status = 'held' AND p.contact_id IS NOT NULL
        GROUP BY p.meeting_id HAVING count(*) BETWEEN 2 AND :most)
SELECT t.contact_id, t.other_id, 'tie' AS kind, NULL AS ref, t.known_from AS place, NULL AS last, t.strength, t.state
  FROM tie t
UNION ALL
SELECT a.contact_id, b.contact_id, 'organisation', 'O' || o.id, o.name, NULL, NULL, NULL
  FROM place s
  JOIN organisation o ON o.id = s.organisation_id
  JOIN affiliation a ON a.organisation_id = o.id AND (a.until IS NULL OR a.until >= :today)
  JOIN affiliation b ON b.organisation_id = o.id AND (b.until IS NULL OR b.until >= :today)
 WHERE a.contact_id < b.contact_id
UNION ALL
SELECT p.contact_id, q.contact_id, 'meeting', 'M' || m.id, m.title, substr(m.starts, 1, 10), NULL, NULL
  FROM gathering g
  JOIN meeting m ON m.id = g.meeting_id
  JOIN participant p ON p.meeting_id = m.id
  JOIN participant q ON q.meeting_id = m.id
 WHERE p.contact_id < q.contact_id
UNION ALL
SELECT min(s.contact_id, z.contact_id), max(s.contact_id, z.contact_id), 'introduction', 'I' || i.id, i.why, coalesce(i.met_on, i.made_on), NULL, NULL
  FROM introduction i
  JOIN introduction_side s ON s.introduction_id = i.id AND s.side = 'left'
  JOIN introduction_side z ON z.introduction_id = i.id AND z.side = 'right'
 WHERE i.made_on IS NOT NULL
