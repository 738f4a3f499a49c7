-- Offers of help as the folder of CSV files has them, in the order of their refs.
SELECT 'H' || h.id AS ref,
       h.kind,
       'P' || h.contact_id AS contact, c.name AS contact_name,
       'O' || h.organisation_id AS organisation, o.name AS organisation_name,
       h.about,
       (SELECT string_agg(w.community, char(31) ORDER BY w.id) FROM works_with w WHERE w.offer_id = h.id) AS for_communities,
       h.received_on, h.reply_due, h.source, h.status, h.owner, h.capacity, h.confirmed_on, h.shelf_life_days AS shelf_life,
       h.outcome, h.ended_on, h.thanked_on,
       h.uid, h.created_at, h.updated_at
  FROM offer h
  LEFT JOIN contact c ON c.id = h.contact_id
  LEFT JOIN organisation o ON o.id = h.organisation_id
 ORDER BY h.id
