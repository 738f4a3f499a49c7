-- Meetings as the folder of CSV files has them, in the order of their refs.
SELECT 'M' || m.id AS ref,
       m.title, m.starts, m.ends, m.time_zone, m.place, m.link,
       (SELECT string_agg('P' || p.contact_id, char(31) ORDER BY p.id) FROM participant p
         WHERE p.meeting_id = m.id AND p.contact_id IS NOT NULL) AS contacts,
       (SELECT string_agg(c.name, char(31) ORDER BY p.id)
          FROM participant p JOIN contact c ON c.id = p.contact_id WHERE p.meeting_id = m.id) AS contact_names,
       (SELECT string_agg('O' || p.organisation_id, char(31) ORDER BY p.id) FROM participant p
         WHERE p.meeting_id = m.id AND p.organisation_id IS NOT NULL) AS organisations,
       (SELECT string_agg(o.name, char(31) ORDER BY p.id)
          FROM participant p JOIN organisation o ON o.id = p.organisation_id WHERE p.meeting_id = m.id) AS organisation_names,
       m.agenda, m.notes, m.status, m.owner, m.sequence,
       m.all_day, m.recurs, m.left_out, 'M' || m.series_id AS series, m.date_of,
       m.uid, m.created_at, m.updated_at
  FROM meeting m
 ORDER BY m.id
