-- Contacts with whom we were in touch, :limit of them.
SELECT DISTINCT contact_id FROM participant WHERE contact_id IS NOT NULL AND interaction_id IS NOT NULL LIMIT :limit
