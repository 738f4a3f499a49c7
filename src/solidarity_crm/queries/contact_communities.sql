-- Communities that contacts work with, in the order they were given.
SELECT contact_id, community FROM works_with WHERE contact_id BETWEEN :first AND :last ORDER BY contact_id, id
