-- Follow-ups, the most urgent first: by due day, then priority. Every filter is optional.
SELECT f.id,
       'F' || f.id AS ref,
       f.uid,
       f.what,
       CASE WHEN f.about IS NULL THEN NULL ELSE f.about || char(31) || coalesce((SELECT n.name FROM record_name n
                           WHERE n.letter = substr(f.about, 1, 1) AND n.id = CAST(substr(f.about, 2) AS INTEGER)), '') END AS about,
       f.due,
       f.owner,
       f.priority,
       f.every,
       f.snoozed_until,
       f.status,
       CASE WHEN f.owed_to_id IS NULL THEN NULL ELSE 'P' || f.owed_to_id || char(31) || p.name END AS owed_to,
       f.ended_on,
       f.created_at,
       f.updated_at
  FROM followup f
  LEFT JOIN contact p ON p.id = f.owed_to_id
 WHERE (:number IS NULL OR f.id = :number)
   AND (:status IS NULL OR f.status = :status)
   AND (:owner IS NULL OR f.owner = :owner)
   AND (:about IS NULL OR f.about = :about)
   AND (:due_before IS NULL OR f.due <= :due_before)
   AND (:due_after IS NULL OR f.due >= :due_after)
   AND (:contact IS NULL OR f.about = 'P' || :contact OR f.owed_to_id = :contact)
 ORDER BY f.due, f.priority, f.id
 LIMIT :limit
