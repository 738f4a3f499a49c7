-- Where some contacts (:contacts, a JSON list of their numbers) have a role at a corporate subscriber now: its addresses and website.
SELECT a.contact_id, p.value
  FROM json_each(:contacts) w
  JOIN affiliation a ON a.contact_id = w.value AND (a.until IS NULL OR a.until >= :today)
  JOIN organisation o ON o.id = a.organisation_id AND o.subscriber = 'corporate'
  JOIN contact_point p ON p.organisation_id = o.id AND p.system = 'email'
UNION
SELECT a.contact_id, o.website
  FROM json_each(:contacts) w
  JOIN affiliation a ON a.contact_id = w.value AND (a.until IS NULL OR a.until >= :today)
  JOIN organisation o ON o.id = a.organisation_id AND o.subscriber = 'corporate'
 WHERE o.website IS NOT NULL
