-- Who has a draft of a template about a record that has not gone out, and which.
SELECT contact_id, min(id)
  FROM draft
 WHERE status = 'draft' AND template = :template AND coalesce(about, '') = coalesce(:about, '')
 GROUP BY contact_id
