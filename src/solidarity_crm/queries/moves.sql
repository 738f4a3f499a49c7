-- The moves of one record along its lifecycle, in the order in which they were made.
SELECT v.moved_on AS "on",
       v.from_status,
       v.to_status,
       v.why
  FROM move v
 WHERE v.ref = :ref
 ORDER BY v.id
