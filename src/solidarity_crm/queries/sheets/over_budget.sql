-- Asks past what somebody may be asked, as the folder of CSV files has them, in the order in which they were made.
SELECT 'P' || b.contact_id AS contact, c.name AS contact_name,
       b.asked_on AS "on", b.about, n.name AS about_name, b.reason
  FROM over_budget b
  JOIN contact c ON c.id = b.contact_id
  LEFT JOIN record_name n ON n.letter = substr(b.about, 1, 1) AND n.id = CAST(substr(b.about, 2) AS INTEGER)
 ORDER BY b.id
