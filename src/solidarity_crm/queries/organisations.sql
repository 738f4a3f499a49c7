-- Organisations, by name. Every filter is optional; a member is one whose membership has begun and not ended.
SELECT o.id,
       'O' || o.id AS ref,
       o.uid,
       o.name,
       o.kind,
       o.member_since,
       o.member_until,
       o.website,
       o.address,
       o.note,
       o.revealing,
       o.subscriber,
       o.created_at,
       o.updated_at
  FROM organisation o
 WHERE (:number IS NULL OR o.id = :number)
   AND (:kind IS NULL OR o.kind = :kind)
   AND (:community IS NULL OR EXISTS (SELECT 1 FROM works_with w WHERE w.organisation_id = o.id AND w.community = :community))
   AND (:member IS NULL OR :member = (o.member_since IS NOT NULL AND o.member_since <= :today
                                      AND (o.member_until IS NULL OR o.member_until >= :today)))
 ORDER BY o.name_key, o.id
 LIMIT :limit
