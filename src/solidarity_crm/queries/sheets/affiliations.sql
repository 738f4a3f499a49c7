-- Roles at organisations as the folder of CSV files has them, in the order in which they were stored.
SELECT 'P' || a.contact_id AS contact, c.name AS contact_name,
       'O' || a.organisation_id AS organisation, o.name AS organisation_name,
       a.role, a.since, a.until
  FROM affiliation a
  JOIN contact c ON c.id = a.contact_id
  JOIN organisation o ON o.id = a.organisation_id
 ORDER BY a.id
