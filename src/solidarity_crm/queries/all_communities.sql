-- Which communities contacts work with.
SELECT contact_id, community FROM works_with WHERE contact_id IS NOT NULL
