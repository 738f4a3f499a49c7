-- Who has a present role at a network member.
SELECT DISTINCT a.contact_id
  FROM affiliation a
  JOIN organisation o ON o.id = a.organisation_id
 WHERE (a.until IS NULL OR a.until >= :today)
   AND o.member_since <= :today AND (o.member_until IS NULL OR o.member_until >= :today)
