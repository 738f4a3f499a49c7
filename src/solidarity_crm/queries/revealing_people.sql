-- Who stands beside what is marked as revealing: roles at such organisations, past ones too; such communities (:communities, a JSON list)
-- that somebody works with; tags, of which the asker knows the revealing ones. The key says which thing it is.
SELECT a.contact_id, 'O' || o.id AS key, o.name
  FROM organisation o
  JOIN affiliation a ON a.organisation_id = o.id
 WHERE o.revealing
UNION
SELECT w.contact_id, 'community', w.community
  FROM json_each(:communities) j
  JOIN works_with w ON w.community = j.value
 WHERE w.contact_id IS NOT NULL
UNION
SELECT t.contact_id, 'tag', t.tag FROM tag t WHERE :tags
 ORDER BY 1, 2, 3
