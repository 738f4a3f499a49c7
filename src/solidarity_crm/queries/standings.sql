-- What could stand in the way of asking some contacts (:contacts, a JSON list of their numbers).
SELECT c.id, c.do_not_contact, c.do_not_contact_reason, c.source, c.obtained_on, c.notice_given_on,
       (SELECT 'I' || s.introduction_id FROM introduction_side s WHERE s.contact_id = c.id AND s.answer = 'no'
         ORDER BY s.answered_on DESC, s.id DESC LIMIT 1) AS said_no,
       (SELECT s.answered_on FROM introduction_side s WHERE s.contact_id = c.id AND s.answer = 'no'
         ORDER BY s.answered_on DESC, s.id DESC LIMIT 1) AS said_no_on
  FROM json_each(:contacts) w
  JOIN contact c ON c.id = w.value
