-- Communities that offers of help are for, in the order they were given.
SELECT offer_id, community FROM works_with WHERE offer_id BETWEEN :first AND :last ORDER BY offer_id, id
