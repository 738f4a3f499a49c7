-- Which events of other calendars meetings are, as the folder of CSV files has it.
SELECT 'M' || e.meeting_id AS meeting, m.title AS meeting_title, e.uid AS id, e.sequence, e.written_at, e.digest
  FROM calendar_event e
  JOIN meeting m ON m.id = e.meeting_id
 ORDER BY e.id
