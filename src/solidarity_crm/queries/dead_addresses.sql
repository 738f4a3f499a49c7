-- Addresses at which nothing arrives, the newest first, with whoever has them.
SELECT a.address, a.dead_on, a.why,
       (SELECT string_agg('P' || c.id || char(30) || c.name, char(31) ORDER BY c.id)
          FROM contact_point p JOIN contact c ON c.id = p.contact_id
         WHERE p.system = 'email' AND p.value_key = a.address) AS contacts
  FROM dead_address a
 ORDER BY a.dead_on DESC, a.id DESC
