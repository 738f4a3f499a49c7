-- Which network members' people the contacts are, by their present roles; who is at two of them counts for both.
SELECT DISTINCT a.contact_id, o.name
  FROM affiliation a
  JOIN organisation o ON o.id = a.organisation_id
 WHERE (a.until IS NULL OR a.until >= :today)
   AND o.member_since <= :today AND (o.member_until IS NULL OR o.member_until >= :today)
 ORDER BY a.contact_id, o.name
