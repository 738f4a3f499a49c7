-- Contacts' roles at organisations: the present ones first, then the past ones, newest first.
SELECT a.contact_id, 'O' || o.id AS ref, o.name, a.role, a.since, a.until
  FROM affiliation a
  JOIN organisation o ON o.id = a.organisation_id
 WHERE a.contact_id BETWEEN :first AND :last
 ORDER BY a.contact_id, a.until IS NOT NULL, a.until DESC, a.id
