-- The numbers of a noun's newest records.
SELECT id FROM record_name WHERE letter = :letter ORDER BY id DESC LIMIT :limit
