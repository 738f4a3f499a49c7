-- Who has a present role where.
SELECT DISTINCT contact_id, organisation_id FROM affiliation WHERE until IS NULL OR until >= :today
