-- Meetings, the soonest first, with who takes part. Every filter is optional; the two days themselves are in.
-- A series is given once, by its first date; whether it has a date in those days is for recurrence rules to say.
SELECT m.id,
       'M' || m.id AS ref,
       m.uid,
       m.title,
       m.starts,
       m.ends,
       m.time_zone,
       m.place,
       m.link,
       (SELECT string_agg('P' || c.id || char(30) || c.name, char(31) ORDER BY p.id)
          FROM participant p JOIN contact c ON c.id = p.contact_id WHERE p.meeting_id = m.id) AS contacts,
       (SELECT string_agg('O' || o.id || char(30) || o.name, char(31) ORDER BY p.id)
          FROM participant p JOIN organisation o ON o.id = p.organisation_id WHERE p.meeting_id = m.id) AS organisations,
       m.agenda,
       m.notes,
       m.status,
       m.sequence,
       m.all_day,
       m.recurs,
       replace(m.left_out, ' ', char(31)) AS left_out,
       (SELECT 'M' || s.id || char(31) || s.title FROM meeting s WHERE s.id = m.series_id) AS series,
       (SELECT s.uid FROM meeting s WHERE s.id = m.series_id) AS series_uid,
       m.date_of,
       m.owner,
       m.created_at,
       m.updated_at
  FROM meeting m
 WHERE (:number IS NULL OR m.id = :number)
   -- what ends at midnight is over by then
   AND (:since IS NULL OR m.recurs IS NOT NULL OR (substr(m.ends, 1, 10) >= :since AND m.ends <> :since || 'T00:00'))
   AND (:until IS NULL OR substr(m.starts, 1, 10) <= :until)
   AND (:status IS NULL OR m.status = :status)
   AND (:recurring IS NULL OR m.recurs IS NOT NULL)
   AND (:owner IS NULL OR m.owner = :owner)
   AND (:contact IS NULL OR EXISTS (SELECT 1 FROM participant p WHERE p.meeting_id = m.id AND p.contact_id = :contact))
   AND (:organisation IS NULL OR EXISTS (SELECT 1 FROM participant p WHERE p.meeting_id = m.id AND p.organisation_id = :organisation))
 ORDER BY m.starts, m.id
 LIMIT :limit
