-- With which of some contacts (:contacts, a JSON list of their numbers) we were in touch: last when, and how often since :year_ago.
SELECT p.contact_id, max(n.happened_on) AS last, sum(n.happened_on >= :year_ago) AS in_a_year
  FROM json_each(:contacts) w
  JOIN participant p ON p.contact_id = w.value AND p.interaction_id IS NOT NULL
  JOIN interaction n ON n.id = p.interaction_id
 WHERE n.happened_on <= :today
 GROUP BY p.contact_id
