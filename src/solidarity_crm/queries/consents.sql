-- What some contacts (:contacts, a JSON list of their numbers) said yes or no to, in the order of their days and of noting.
SELECT e.contact_id, e.id, e.kind, e.purpose, e.channel, e.happened_on, e.until, e.how, e.words, e.told
  FROM json_each(:contacts) w
  JOIN consent_event e ON e.contact_id = w.value
 ORDER BY e.contact_id, e.happened_on, e.id
