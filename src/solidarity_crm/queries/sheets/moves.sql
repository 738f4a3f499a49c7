-- Every move along a lifecycle as the folder of CSV files has it, in the order in which they were made.
SELECT v.ref AS record,
       (SELECT r.name FROM record_name r
         WHERE r.letter = substr(v.ref, 1, 1) AND r.id = CAST(substr(v.ref, 2) AS INTEGER)) AS record_name,
       v.moved_on AS "on", v.from_status, v.to_status, v.why
  FROM move v
 ORDER BY v.id
