-- What some contacts (:contacts, a JSON list of their numbers) are called.
SELECT c.id, c.name FROM json_each(:contacts) w JOIN contact c ON c.id = w.value
