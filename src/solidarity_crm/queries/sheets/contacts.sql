-- Contacts as the folder of CSV files has them, in the order of their refs.
SELECT 'P' || c.id AS ref,
       c.name, c.given_name, c.family_name, c.known_as, c.pronouns,
       (SELECT string_agg(b.name, char(31) ORDER BY b.id) FROM former_name b WHERE b.contact_id = c.id) AS former_names,
       (SELECT string_agg(p.value || char(30) || coalesce(p.label, '') || char(30) || p.preferred, char(31) ORDER BY p.position, p.id)
          FROM contact_point p WHERE p.contact_id = c.id AND p.system = 'email') AS emails,
       (SELECT string_agg(p.value || char(30) || coalesce(p.label, '') || char(30) || p.preferred, char(31) ORDER BY p.position, p.id)
          FROM contact_point p WHERE p.contact_id = c.id AND p.system = 'phone') AS phones,
       (SELECT string_agg(p.value || char(30) || coalesce(p.label, '') || char(30) || p.preferred, char(31) ORDER BY p.position, p.id)
          FROM contact_point p WHERE p.contact_id = c.id AND p.system = 'url') AS websites,
       (SELECT string_agg(coalesce(s.street, '') || char(30) || coalesce(s.locality, '') || char(30) || coalesce(s.region, '') || char(30)
                          || coalesce(s.postal_code, '') || char(30) || coalesce(s.country, '') || char(30) || coalesce(s.label, ''),
                          char(31) ORDER BY s.position, s.id)
          FROM postal_address s WHERE s.contact_id = c.id) AS addresses,
       (SELECT string_agg(w.community, char(31) ORDER BY w.id) FROM works_with w WHERE w.contact_id = c.id) AS works_with,
       (SELECT string_agg(t.tag, char(31) ORDER BY t.id) FROM tag t WHERE t.contact_id = c.id) AS tags,
       c.source, c.obtained_on, c.basis, c.notice_given_on, c.cadence_days AS cadence,
       c.do_not_contact, c.do_not_contact_reason, c.channels, c.contact_hours, c.no_voicemail, c.words_to_avoid, c.note,
       (SELECT string_agg(i.system || char(30) || i.value, char(31) ORDER BY i.id) FROM identifier i WHERE i.contact_id = c.id) AS identifiers,
       c.uid, c.created_at, c.updated_at
  FROM contact c
 ORDER BY c.id
