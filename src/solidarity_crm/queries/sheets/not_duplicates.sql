-- Which two contacts were found to be two people, as the folder of CSV files has it, in the order in which it was decided.
SELECT 'P' || d.contact_id AS contact, c.name AS contact_name,
       'P' || d.other_id AS other, o.name AS other_name,
       d.decided_on AS "on"
  FROM not_duplicate d
  JOIN contact c ON c.id = d.contact_id
  JOIN contact o ON o.id = d.other_id
 ORDER BY d.id
