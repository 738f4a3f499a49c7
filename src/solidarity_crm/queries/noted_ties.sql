-- Ties that were noted, of one contact or of everybody, dropped ones too: what only the noting says.
SELECT t.contact_id, t.other_id, t.uid, t.strength, t.state, t.since, t.known_from, t.noted_on
  FROM tie t
 WHERE :contact IS NULL OR t.contact_id = :contact OR t.other_id = :contact
