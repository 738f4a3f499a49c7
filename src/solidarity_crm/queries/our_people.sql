-- Which contacts are the workspace's own people: by their folded names (:names) or e-mail addresses (:emails), each a JSON list.
SELECT c.id FROM json_each(:names) w JOIN contact c ON c.name_key = w.value
UNION
SELECT p.contact_id FROM json_each(:emails) w JOIN contact_point p ON p.value_key = w.value
 WHERE p.system = 'email' AND p.contact_id IS NOT NULL
 ORDER BY 1
