-- The groups by name, each with its filters.
SELECT g.id, g.name, g.community, g.tag, 'O' || g.organisation_id || char(31) || o.name AS organisation, o.revealing,
       g.members, g.offers, g.source, g.since, g.quiet_days, g.notice_due
  FROM contact_group g
  LEFT JOIN organisation o ON o.id = g.organisation_id
 ORDER BY g.name_key, g.id
