-- Communities that asks for help are for, in the order they were given.
SELECT ask_id, community FROM works_with WHERE ask_id BETWEEN :first AND :last ORDER BY ask_id, id
