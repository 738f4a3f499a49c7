-- What people answered to the invitations to meetings, in the order in which they take part.
SELECT a.meeting_id, 'P' || a.contact_id AS ref, a.answer
  FROM answer a
 WHERE a.meeting_id BETWEEN :first AND :last
 ORDER BY a.meeting_id, a.contact_id
