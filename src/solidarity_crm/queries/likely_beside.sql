-- Contacts that may be a certain person: they share an address, a number or an organisation, or have the words of a name.
SELECT contact_id FROM contact_point WHERE contact_id IS NOT NULL AND value_key IN (SELECT value FROM json_each(:keys))
UNION
SELECT contact_id FROM affiliation WHERE organisation_id IN (SELECT value FROM json_each(:organisations))
UNION
SELECT i.contact_id FROM identifier i JOIN json_each(:identifiers) j ON i.system = j.value ->> 0 AND i.value = j.value ->> 1
UNION
SELECT n.id
  FROM (SELECT id, name_key FROM contact UNION ALL SELECT contact_id, name_key FROM former_name WHERE contact_id IS NOT NULL) n
 WHERE EXISTS (SELECT 1
                 FROM json_each(:names) j
                WHERE NOT EXISTS (SELECT 1 FROM json_each(j.value) w WHERE instr(n.name_key, w.value) = 0))
