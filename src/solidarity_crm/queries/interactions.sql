-- One interaction, or those about a record, the newest first, with who took part.
SELECT n.id,
       'N' || n.id AS ref,
       n.uid,
       n.happened_on AS "on",
       n.kind,
       n.direction,
       (SELECT string_agg('P' || c.id || char(30) || c.name, char(31) ORDER BY p.id)
          FROM participant p JOIN contact c ON c.id = p.contact_id WHERE p.interaction_id = n.id) AS contacts,
       (SELECT string_agg('O' || o.id || char(30) || o.name, char(31) ORDER BY p.id)
          FROM participant p JOIN organisation o ON o.id = p.organisation_id WHERE p.interaction_id = n.id) AS organisations,
       CASE WHEN n.about IS NULL THEN NULL ELSE n.about || char(31) || coalesce((SELECT r.name FROM record_name r
                           WHERE r.letter = substr(n.about, 1, 1) AND r.id = CAST(substr(n.about, 2) AS INTEGER)), '') END AS about,
       n.summary,
       n.body,
       n.created_at,
       n.updated_at
  FROM interaction n
 WHERE n.id IN (SELECT :number UNION ALL SELECT a.id FROM interaction a WHERE a.about = :about)
 ORDER BY n.happened_on DESC, n.id DESC
 LIMIT :limit
