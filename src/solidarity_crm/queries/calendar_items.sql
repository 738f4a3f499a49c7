-- What the calendar at an address was last told, by the id of each item.
SELECT i.uid, i.ref, i.etag, i.digest, i.facts, i.sequence
  FROM calendar_item i
 WHERE i.calendar = :calendar
 ORDER BY i.id
