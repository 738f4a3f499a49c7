-- What a record is called.
SELECT name, status FROM record_name WHERE letter = :letter AND id = :number
