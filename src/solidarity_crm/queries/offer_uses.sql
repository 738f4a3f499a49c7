-- The times that offers of help were called on, the first one first, with the ask that each helped to meet.
SELECT u.offer_id, u.what, u.used_on, 'A' || u.ask_id AS ask, a.about AS ask_name
  FROM offer_use u
  LEFT JOIN ask a ON a.id = u.ask_id
 WHERE u.offer_id BETWEEN :first AND :last
 ORDER BY u.offer_id, u.used_on, u.id
