-- People with a role at organisations: the present ones first.
SELECT a.organisation_id, 'P' || c.id AS ref, c.name, a.role, a.since, a.until
  FROM affiliation a
  JOIN contact c ON c.id = a.contact_id
 WHERE a.organisation_id BETWEEN :first AND :last
 ORDER BY a.organisation_id, a.until IS NOT NULL, c.name_key, a.id
