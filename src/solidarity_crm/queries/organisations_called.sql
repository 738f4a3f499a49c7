-- Organisations that are or were called so.
SELECT o.id, o.name FROM organisation o
 WHERE o.name_key = :key OR EXISTS (SELECT 1 FROM former_name b WHERE b.organisation_id = o.id AND b.name_key = :key)
 ORDER BY o.name_key <> :key, o.id
