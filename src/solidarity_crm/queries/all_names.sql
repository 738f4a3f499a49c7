-- Every name of one noun, for finding the nearest to a name that nobody has.
SELECT id, name FROM record_name WHERE letter = :letter AND name IS NOT NULL
