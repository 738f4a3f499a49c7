-- People and organisations as a map names them, people first; a person's kind is 'person'. A person is a member when an organisation
-- where they have a present role belongs to the network.
SELECT 'P' || c.id AS ref, c.name, 'person' AS kind,
       EXISTS (SELECT 1
                 FROM affiliation a
                 JOIN organisation o ON o.id = a.organisation_id
                WHERE a.contact_id = c.id AND (a.until IS NULL OR a.until >= :today)
                  AND o.member_since <= :today AND (o.member_until IS NULL OR o.member_until >= :today)) AS member,
       (SELECT string_agg(w.community, char(31) ORDER BY w.id) FROM works_with w WHERE w.contact_id = c.id) AS communities,
       0 AS place, c.id AS number
  FROM contact c
UNION ALL
SELECT 'O' || o.id, o.name, o.kind,
       o.member_since IS NOT NULL AND o.member_since <= :today AND (o.member_until IS NULL OR o.member_until >= :today),
       (SELECT string_agg(w.community, char(31) ORDER BY w.id) FROM works_with w WHERE w.organisation_id = o.id),
       1, o.id
  FROM organisation o
 ORDER BY place, number
