-- Communities that organisations work with, in the order they were given.
SELECT organisation_id, community
  FROM works_with
 WHERE organisation_id BETWEEN :first AND :last
 ORDER BY organisation_id, id
