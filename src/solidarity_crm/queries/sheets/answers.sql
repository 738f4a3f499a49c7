-- What people answered to invitations to meetings, as the folder of CSV files has it.
SELECT 'M' || a.meeting_id AS meeting, m.title AS meeting_title, 'P' || a.contact_id AS contact, c.name AS contact_name,
       a.answer, a.answered_at
  FROM answer a
  JOIN meeting m ON m.id = a.meeting_id
  JOIN contact c ON c.id = a.contact_id
 ORDER BY a.id
