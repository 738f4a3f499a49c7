-- Proposals as the folder of CSV files has them, in the order of their refs.
SELECT 'R' || r.id AS ref,
       r.origin, r.reply_key, r.received_on, r.reply_due,
       r.name, r.given_name, r.family_name, r.pronouns, r.email, r.phone, r.organisation, r.role,
       r.choices, r.words, r.consent, r.body,
       r.status, r.owner,
       'P' || r.contact_id AS contact, c.name AS contact_name,
       r.ended_on,
       r.uid, r.created_at, r.updated_at
  FROM proposal r
  LEFT JOIN contact c ON c.id = r.contact_id
 ORDER BY r.id
