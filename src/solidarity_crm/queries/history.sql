-- Entries of the journal, the newest first; of all, or of those that touched one record.
SELECT j.id, j.at, j.actor, j.command, j.undoes, j.note
  FROM journal j
 WHERE (:ref IS NULL OR j.id IN (SELECT c.entry_id FROM journal_change c WHERE c.ref = :ref))
 ORDER BY j.id DESC
 LIMIT :limit
