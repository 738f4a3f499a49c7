-- Proposals, those that wait first and of these the one due first; then the others, the newest first. Every filter is optional.
SELECT r.id,
       'R' || r.id AS ref,
       r.uid,
       r.origin,
       r.received_on,
       r.reply_due,
       r.name,
       r.given_name,
       r.family_name,
       r.pronouns,
       r.email,
       r.phone,
       r.organisation,
       r.role,
       replace(r.choices, char(10), char(31)) AS choices,
       r.words,
       r.consent,
       r.body,
       r.status,
       r.owner,
       'P' || r.contact_id || char(31) || c.name AS contact,
       r.ended_on,
       r.created_at,
       r.updated_at
  FROM proposal r
  LEFT JOIN contact c ON c.id = r.contact_id
 WHERE (:number IS NULL OR r.id = :number)
   AND (:status IS NULL OR r.status = :status)
   AND (:owner IS NULL OR r.owner = :owner)
 ORDER BY r.status <> 'waiting', CASE WHEN r.status = 'waiting' THEN r.reply_due END, CASE WHEN r.status = 'waiting' THEN r.id ELSE -r.id END
 LIMIT :limit
