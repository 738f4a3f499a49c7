-- Contacts' postal addresses, in the order they were given.
SELECT contact_id, street, locality, region, postal_code, country, label
  FROM postal_address
 WHERE contact_id BETWEEN :first AND :last
 ORDER BY contact_id, position, id
