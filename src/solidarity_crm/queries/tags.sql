-- Tags of contacts, in alphabetical order.
SELECT contact_id, tag FROM tag WHERE contact_id BETWEEN :first AND :last ORDER BY contact_id, tag
