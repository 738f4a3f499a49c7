-- E-mail addresses or phones of organisations, in the order they were given, the preferred one first.
SELECT organisation_id, value, label, preferred
  FROM contact_point
 WHERE system = :system AND organisation_id BETWEEN :first AND :last
 ORDER BY organisation_id, preferred DESC, position, id
