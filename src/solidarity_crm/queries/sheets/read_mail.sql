-- Mails that were read, as the folder of CSV files has them, in the order in which they were.
SELECT 'P' || m.contact_id AS contact, c.name AS contact_name,
       m.received_on AS "on", m.kind, m.mail_key
  FROM read_mail m
  JOIN contact c ON c.id = m.contact_id
 ORDER BY m.id
