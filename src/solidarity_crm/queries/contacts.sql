-- Contacts with what is kept of each, by name. Every filter is optional.
SELECT c.id,
       'P' || c.id AS ref,
       c.uid,
       c.name,
       c.given_name,
       c.family_name,
       c.known_as,
       c.pronouns,
       c.source,
       c.obtained_on,
       c.basis,
       c.notice_given_on,
       c.cadence_days AS cadence,
       c.do_not_contact,
       c.do_not_contact_reason,
       c.channels,
       c.contact_hours,
       c.no_voicemail,
       c.words_to_avoid,
       c.ask_budget,
       c.asks_paused_until,
       c.note,
       (SELECT max(n.happened_on)
          FROM participant p
          JOIN interaction n ON n.id = p.interaction_id
         WHERE p.contact_id = c.id) AS last_contact_on,
       c.created_at,
       c.updated_at
  FROM contact c
 WHERE (:number IS NULL OR c.id = :number)
   AND (:community IS NULL OR EXISTS (SELECT 1 FROM works_with w WHERE w.contact_id = c.id AND w.community = :community))
   AND (:tag IS NULL OR EXISTS (SELECT 1 FROM tag t WHERE t.contact_id = c.id AND lower(t.tag) = lower(:tag)))
   AND (:organisation IS NULL OR EXISTS (SELECT 1 FROM affiliation a
                                          WHERE a.contact_id = c.id AND a.organisation_id = :organisation
                                            AND (a.until IS NULL OR a.until >= :today)))
   AND (:member IS NULL OR EXISTS (SELECT 1 FROM affiliation a JOIN organisation o ON o.id = a.organisation_id
                                    WHERE a.contact_id = c.id AND (a.until IS NULL OR a.until >= :today)
                                      AND o.member_since IS NOT NULL AND (o.member_until IS NULL OR o.member_until >= :today)))
   AND (:offers IS NULL OR EXISTS (SELECT 1 FROM offer h
                                    WHERE h.contact_id = c.id AND h.kind = :offers AND h.status IN ('offered', 'accepted')))
   AND (:source IS NULL OR c.source = :source OR c.source LIKE :source || ' P%')
   AND (:since IS NULL OR c.obtained_on >= :since)
   AND (:do_not_contact IS NULL OR c.do_not_contact = :do_not_contact)
   AND (:notice_before IS NULL OR (c.source <> 'self' AND c.notice_given_on IS NULL AND c.obtained_on <= :notice_before))
   AND (:quiet_since IS NULL OR NOT EXISTS (SELECT 1 FROM participant p JOIN interaction n ON n.id = p.interaction_id
                                             WHERE p.contact_id = c.id AND n.happened_on > :quiet_since))
 ORDER BY c.name_key, c.id
 LIMIT :limit
