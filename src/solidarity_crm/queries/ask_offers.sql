-- Offers that could meet asks, or did, in the order they were linked.
SELECT m.ask_id, 'H' || h.id AS ref, h.about
  FROM ask_match m
  JOIN offer h ON h.id = m.offer_id
 WHERE m.ask_id BETWEEN :first AND :last
 ORDER BY m.ask_id, m.id
