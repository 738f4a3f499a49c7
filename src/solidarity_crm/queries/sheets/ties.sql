-- Who knows whom, as the folder of CSV files has it, in the order in which it was noted.
SELECT 'P' || t.contact_id AS contact, c.name AS contact_name,
       'P' || t.other_id AS other, o.name AS other_name,
       t.strength, t.state, t.since, t.known_from, t.noted_on, t.uid
  FROM tie t
  JOIN contact c ON c.id = t.contact_id
  JOIN contact o ON o.id = t.other_id
 ORDER BY t.id
