-- What some contacts (:contacts, a JSON list of their numbers) were asked for from :since until :today.
-- A series of meetings has no day: its dates are found by its rule.
WITH wanted AS MATERIALIZED (SELECT value AS id FROM json_each(:contacts))
SELECT s.contact_id, 'introduction' AS kind, 'I' || i.id AS ref, s.asked_on AS day, i.why AS about
  FROM wanted w JOIN introduction_side s ON s.contact_id = w.id JOIN introduction i ON i.id = s.introduction_id
 WHERE s.asked_on BETWEEN :since AND :today
UNION ALL
SELECT i.introducer_id, 'introducing others', 'I' || i.id, i.introducer_asked_on, i.why
  FROM wanted w JOIN introduction i ON i.introducer_id = w.id
 WHERE i.introducer_asked_on BETWEEN :since AND :today
UNION ALL
SELECT h.contact_id, 'offer called on', 'H' || h.id, u.used_on, u.what
  FROM wanted w JOIN offer h ON h.contact_id = w.id JOIN offer_use u ON u.offer_id = h.id
 WHERE u.used_on BETWEEN :since AND :today
UNION ALL
SELECT p.contact_id, 'meeting', 'M' || m.id, CASE WHEN m.recurs IS NULL THEN substr(m.starts, 1, 10) END, m.title
  FROM wanted w JOIN participant p ON p.contact_id = w.id JOIN meeting m ON m.id = p.meeting_id
 WHERE m.status <> 'cancelled' AND substr(m.starts, 1, 10) <= :today AND (m.recurs IS NOT NULL OR substr(m.starts, 1, 10) >= :since)
UNION ALL
SELECT s.contact_id, 'survey', 'D' || s.id, s.day, s.subject
  FROM (SELECT d.contact_id, d.id, d.subject, substr(coalesce(d.sent_at, d.exported_at,
                 CASE WHEN d.status IN ('sending', 'unsure') THEN d.sending_at END), 1, 10) AS day -- it may have arrived
          FROM wanted w JOIN draft d ON d.contact_id = w.id
         WHERE d.purpose = 'engagement' AND d.status NOT IN ('cancelled', 'failed')
           AND coalesce(d.about, '') NOT LIKE 'I%') s -- asking somebody about an introduction counts above, with or without a letter
 WHERE s.day BETWEEN :since AND :today
