-- Everybody who takes part in a meeting, with what a calendar may say of how to reach them.
SELECT 'P' || c.id AS ref,
       c.name,
       c.do_not_contact,
       c.channels,
       (SELECT e.value FROM contact_point e WHERE e.contact_id = c.id AND e.system = 'email'
         ORDER BY e.preferred DESC, e.position, e.id LIMIT 1) AS email,
       (SELECT e.value FROM contact_point e WHERE e.contact_id = c.id AND e.system = 'phone'
         ORDER BY e.preferred DESC, e.position, e.id LIMIT 1) AS phone
  FROM contact c
 WHERE c.id IN (SELECT p.contact_id FROM participant p WHERE p.meeting_id IS NOT NULL)
