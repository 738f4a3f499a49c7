-- Named filters of contacts, as the folder of CSV files has them, in the order in which they were made.
SELECT g.name, g.community, g.tag, 'O' || g.organisation_id AS organisation, o.name AS organisation_name,
       g.members, g.offers, g.source, g.since, g.quiet_days, g.notice_due
  FROM contact_group g
  LEFT JOIN organisation o ON o.id = g.organisation_id
 ORDER BY g.id
