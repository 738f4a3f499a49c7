-- What else says that a revealing organisation is meant: former names, addresses; each with what it is.
SELECT 'O' || o.id, 'name', f.name FROM organisation o JOIN former_name f ON f.organisation_id = o.id WHERE o.revealing
UNION ALL
SELECT 'O' || o.id, 'address', p.value FROM organisation o JOIN contact_point p ON p.organisation_id = o.id WHERE o.revealing AND p.system = 'email'
UNION ALL
SELECT 'O' || o.id, 'address', o.website FROM organisation o WHERE o.revealing AND o.website IS NOT NULL
 ORDER BY 1, 2, 3
