-- E-mail addresses, phones or web addresses of contacts, in the order they were given, the preferred one first.
SELECT contact_id, value, label, preferred
  FROM contact_point
 WHERE system = :system AND contact_id BETWEEN :first AND :last
 ORDER BY contact_id, preferred DESC, position, id
