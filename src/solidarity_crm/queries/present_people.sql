-- Who has a present role at some organisations (:organisations, a JSON list of their numbers).
SELECT DISTINCT a.contact_id
  FROM json_each(:organisations) w
  JOIN affiliation a ON a.organisation_id = w.value AND (a.until IS NULL OR a.until >= :today)
 ORDER BY 1
