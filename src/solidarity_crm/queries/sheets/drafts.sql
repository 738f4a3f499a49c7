-- Drafts as the folder of CSV files has them, in the order of their refs.
SELECT 'D' || d.id AS ref,
       'P' || d.contact_id AS "to", c.name AS to_name,
       d.to_address, d.template,
       d.about,
       (SELECT r.name FROM record_name r
         WHERE r.letter = substr(d.about, 1, 1) AND r.id = CAST(substr(d.about, 2) AS INTEGER)) AS about_name,
       d.purpose, d.with_notice, d.status, d.subject, d.body, d.owner, d.message_id, d.exported_at, d.sent_at,
       d.approved_on, d.sending_at, d.anyway,
       d.uid, d.created_at, d.updated_at
  FROM draft d
  JOIN contact c ON c.id = d.contact_id
 ORDER BY d.id
