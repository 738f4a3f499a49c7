-- Addresses at which nothing arrives, as the folder of CSV files has them, in the order in which they were found.
SELECT a.address AS email, a.dead_on AS "on", a.why
  FROM dead_address a
 ORDER BY a.id
