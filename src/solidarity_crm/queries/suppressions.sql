-- Who is not to be written to, as hashes, in the order in which they came onto the list.
SELECT s.kind, s.suppressed_on, s.why, s.key, s.digest, s.id FROM suppression s ORDER BY s.id
