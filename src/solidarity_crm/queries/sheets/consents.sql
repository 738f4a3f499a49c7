-- What people said yes or no to, as the folder of CSV files has it, in the order in which it was noted.
SELECT 'P' || e.contact_id AS contact, c.name AS contact_name,
       e.kind, e.purpose, e.channel, e.happened_on AS "on", e.until, e.how, e.words, e.told
  FROM consent_event e
  JOIN contact c ON c.id = e.contact_id
 ORDER BY e.id
