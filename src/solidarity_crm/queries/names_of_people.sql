-- Every name that some contacts (:contacts, a JSON list of their numbers) go by or went by, the present one first.
SELECT c.id, c.name, 0 AS place FROM json_each(:contacts) w JOIN contact c ON c.id = w.value
UNION ALL
SELECT c.id, c.known_as, 1 FROM json_each(:contacts) w JOIN contact c ON c.id = w.value WHERE c.known_as IS NOT NULL
UNION ALL
SELECT f.contact_id, f.name, 2 FROM json_each(:contacts) w JOIN former_name f ON f.contact_id = w.value
 ORDER BY 1, 3, 2
