-- Asks for help, the soonest wanted first, those without a day last. Every filter is optional.
SELECT a.id,
       'A' || a.id AS ref,
       a.uid,
       a.kind,
       a.about,
       a.wanted_by,
       a.status,
       a.owner,
       a.outcome,
       a.ended_on,
       a.created_at,
       a.updated_at
  FROM ask a
 WHERE (:number IS NULL OR a.id = :number)
   AND (:status IS NULL OR a.status = :status)
   AND (:kind IS NULL OR a.kind = :kind)
   AND (:owner IS NULL OR a.owner = :owner)
   AND (:community IS NULL OR EXISTS (SELECT 1 FROM works_with w WHERE w.ask_id = a.id AND w.community = :community))
   AND (:wanted_before IS NULL OR a.wanted_by <= :wanted_before)
   AND (:offer IS NULL OR EXISTS (SELECT 1 FROM ask_match m WHERE m.ask_id = a.id AND m.offer_id = :offer))
 ORDER BY a.wanted_by IS NULL, a.wanted_by, a.id DESC
 LIMIT :limit
