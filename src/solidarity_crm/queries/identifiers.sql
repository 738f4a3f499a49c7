-- What other programs call contacts, in the order it was given.
SELECT contact_id, system, value FROM identifier WHERE contact_id BETWEEN :first AND :last ORDER BY contact_id, id
