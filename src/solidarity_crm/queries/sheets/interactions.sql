-- Interactions as the folder of CSV files has them, in the order of their refs.
SELECT 'N' || n.id AS ref,
       n.happened_on AS "on", n.kind, n.direction,
       (SELECT string_agg('P' || p.contact_id, char(31) ORDER BY p.id) FROM participant p
         WHERE p.interaction_id = n.id AND p.contact_id IS NOT NULL) AS contacts,
       (SELECT string_agg(c.name, char(31) ORDER BY p.id)
          FROM participant p JOIN contact c ON c.id = p.contact_id WHERE p.interaction_id = n.id) AS contact_names,
       (SELECT string_agg('O' || p.organisation_id, char(31) ORDER BY p.id) FROM participant p
         WHERE p.interaction_id = n.id AND p.organisation_id IS NOT NULL) AS organisations,
       (SELECT string_agg(o.name, char(31) ORDER BY p.id)
          FROM participant p JOIN organisation o ON o.id = p.organisation_id WHERE p.interaction_id = n.id) AS organisation_names,
       n.about,
       (SELECT r.name FROM record_name r
         WHERE r.letter = substr(n.about, 1, 1) AND r.id = CAST(substr(n.about, 2) AS INTEGER)) AS about_name,
       n.summary, n.body,
       n.uid, n.created_at, n.updated_at
  FROM interaction n
 ORDER BY n.id
