-- Who is not to be written to, as hashes, as the folder of CSV files has it.
SELECT s.kind, s.suppressed_on AS "on", s.why, s.key, s.digest FROM suppression s ORDER BY s.id
