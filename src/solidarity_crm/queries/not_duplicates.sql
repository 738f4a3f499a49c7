-- Pairs of contacts that somebody found to be two people, the lower number first.
SELECT min(contact_id, other_id), max(contact_id, other_id) FROM not_duplicate
