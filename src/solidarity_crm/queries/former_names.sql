-- Names by which contacts were known before, the latest last.
SELECT contact_id, name FROM former_name WHERE contact_id BETWEEN :first AND :last ORDER BY contact_id, id
