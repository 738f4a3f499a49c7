-- What decides whether some contacts (:contacts, a JSON list of their numbers) may be written to, and how to.
SELECT c.id, c.name, c.known_as, c.given_name, c.do_not_contact, c.channels, c.basis, c.source, c.obtained_on, c.notice_given_on,
       c.contact_hours, c.words_to_avoid,
       c.uid || coalesce((SELECT char(31) || string_agg(i.value, char(31)) FROM identifier i WHERE i.contact_id = c.id AND i.system = 'vcard'), '')
         AS uids,
       (SELECT string_agg(p.value, char(31) ORDER BY p.preferred DESC, p.position, p.id)
          FROM contact_point p WHERE p.contact_id = c.id AND p.system = 'email') AS addresses
  FROM json_each(:contacts) w
  JOIN contact c ON c.id = w.value
