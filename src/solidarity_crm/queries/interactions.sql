-- Interactions, the newest first, with who took part. Every filter is optional.
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
 WHERE (:number IS NULL OR n.id = :number)
   AND (:since IS NULL OR n.happened_on >= :since)
   AND (:kind IS NULL OR n.kind = :kind)
   AND (:about IS NULL OR n.about = :about)
   AND (:contact IS NULL OR EXISTS (SELECT 1 FROM participant p WHERE p.interaction_id = n.id AND p.contact_id = :contact))
 ORDER BY n.happened_on DESC, n.id DESC
 LIMIT :limit
