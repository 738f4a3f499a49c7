-- Which offers could meet which asks, as the folder of CSV files has it, in the order in which they were stored.
SELECT 'A' || m.ask_id AS ask, a.about AS ask_about,
       'H' || m.offer_id AS offer, h.about AS offer_about,
       m.matched_on
  FROM ask_match m
  JOIN ask a ON a.id = m.ask_id
  JOIN offer h ON h.id = m.offer_id
 ORDER BY m.id
