-- Follow-ups as the folder of CSV files has them, in the order of their refs.
SELECT 'F' || f.id AS ref,
       f.what,
       f.about,
       (SELECT r.name FROM record_name r
         WHERE r.letter = substr(f.about, 1, 1) AND r.id = CAST(substr(f.about, 2) AS INTEGER)) AS about_name,
       f.due, f.owner, f.priority, f.every, f.month_day, f.snoozed_until, f.status,
       'P' || f.owed_to_id AS owed_to, c.name AS owed_to_name,
       f.ended_on,
       f.uid, f.created_at, f.updated_at
  FROM followup f
  LEFT JOIN contact c ON c.id = f.owed_to_id
 ORDER BY f.id
