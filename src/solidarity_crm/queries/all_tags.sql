-- Which tags contacts have.
SELECT contact_id, lower(tag) FROM tag
