-- By what contacts are recognised, one line each: their names (the present one, the parts of it, former ones), addresses and
-- numbers, organisations, and what other programs call them.
SELECT id, 'name' AS kind, name AS value FROM contact WHERE id BETWEEN :first AND :last
UNION ALL
SELECT id, 'parts', given_name || ' ' || family_name
  FROM contact
 WHERE given_name IS NOT NULL AND family_name IS NOT NULL AND given_name || ' ' || family_name <> name AND id BETWEEN :first AND :last
UNION ALL
SELECT contact_id, 'former', name FROM former_name WHERE contact_id BETWEEN :first AND :last
UNION ALL
SELECT contact_id, system, value_key FROM contact_point WHERE system IN ('email', 'phone') AND contact_id BETWEEN :first AND :last
UNION ALL
SELECT contact_id, 'organisation', CAST(organisation_id AS TEXT) FROM affiliation WHERE contact_id BETWEEN :first AND :last
UNION ALL
SELECT contact_id, 'identifier ' || system, value FROM identifier WHERE contact_id BETWEEN :first AND :last
