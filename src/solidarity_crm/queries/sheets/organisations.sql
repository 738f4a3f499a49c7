-- Organisations as the folder of CSV files has them, in the order of their refs.
SELECT 'O' || o.id AS ref,
       o.name,
       (SELECT string_agg(b.name, char(31) ORDER BY b.id) FROM former_name b WHERE b.organisation_id = o.id) AS former_names,
       o.kind,
       (SELECT string_agg(w.community, char(31) ORDER BY w.id) FROM works_with w WHERE w.organisation_id = o.id) AS works_with,
       o.member_since, o.member_until,
       (SELECT string_agg(p.value || char(30) || coalesce(p.label, '') || char(30) || p.preferred, char(31) ORDER BY p.position, p.id)
          FROM contact_point p WHERE p.organisation_id = o.id AND p.system = 'email') AS emails,
       (SELECT string_agg(p.value || char(30) || coalesce(p.label, '') || char(30) || p.preferred, char(31) ORDER BY p.position, p.id)
          FROM contact_point p WHERE p.organisation_id = o.id AND p.system = 'phone') AS phones,
       o.website, o.address, o.note, o.revealing, o.subscriber,
       o.uid, o.created_at, o.updated_at
  FROM organisation o
 ORDER BY o.id
