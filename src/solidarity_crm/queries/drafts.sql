-- Drafts, the newest first. Every filter is optional.
SELECT d.id,
       'D' || d.id AS ref,
       d.uid,
       'P' || c.id || char(31) || c.name AS "to",
       d.to_address,
       d.template,
       CASE WHEN d.about IS NULL THEN NULL ELSE d.about || char(31) || coalesce((SELECT n.name FROM record_name n
                           WHERE n.letter = substr(d.about, 1, 1) AND n.id = CAST(substr(d.about, 2) AS INTEGER)), '') END AS about,
       d.purpose,
       d.subject,
       d.body,
       d.with_notice,
       d.status,
       d.owner,
       d.message_id,
       d.approved_on,
       d.exported_at,
       d.sending_at,
       d.sent_at,
       d.anyway,
       d.created_at,
       d.updated_at
  FROM draft d
  JOIN contact c ON c.id = d.contact_id
 WHERE (:number IS NULL OR d.id = :number)
   AND (:status IS NULL OR d.status = :status)
   AND (:template IS NULL OR d.template = :template)
   AND (:contact IS NULL OR d.contact_id = :contact)
   AND (:owner IS NULL OR d.owner = :owner)
 ORDER BY d.id DESC
 LIMIT :limit
