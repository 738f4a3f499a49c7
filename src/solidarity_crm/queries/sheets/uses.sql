-- Each time that an offer was called on, as the folder of CSV files has it, in the order in which they were stored.
SELECT 'H' || u.offer_id AS offer, h.about AS offer_about,
       u.used_on AS "on", u.what,
       'A' || u.ask_id AS ask, a.about AS ask_about
  FROM offer_use u
  JOIN offer h ON h.id = u.offer_id
  LEFT JOIN ask a ON a.id = u.ask_id
 ORDER BY u.id
