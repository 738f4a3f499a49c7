-- What was merged into what, as the folder of CSV files has it, in the order in which it was merged.
SELECT m.old_ref AS merged,
       m.new_ref AS "into",
       (SELECT r.name FROM record_name r
         WHERE r.letter = substr(m.new_ref, 1, 1) AND r.id = CAST(substr(m.new_ref, 2) AS INTEGER)) AS into_name,
       m.merged_on AS "on"
  FROM merger m
 ORDER BY m.id
