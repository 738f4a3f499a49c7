-- Present roles, with their titles: who, where, as what; the titles of several roles at one place together.
SELECT 'P' || a.contact_id, 'O' || a.organisation_id, string_agg(a.role, ', ' ORDER BY a.id)
  FROM affiliation a
 WHERE a.until IS NULL OR a.until >= :today
 GROUP BY a.contact_id, a.organisation_id
 ORDER BY a.contact_id, a.organisation_id
