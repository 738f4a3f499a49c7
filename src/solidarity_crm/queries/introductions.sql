-- Introductions with both sides' answers, the newest first. Every filter is optional.
-- "stuck_before" finds those with a side or an introducer who was asked by that day and is silent, or agreed by then and not made;
-- "owed" those for which thanks are owed, or their introducer a word on what came of them.
SELECT i.id,
       'I' || i.id AS ref,
       i.uid,
       'P' || lc.id || char(31) || lc.name AS left_contact,
       l.answer AS left_answer,
       l.asked_on AS left_asked_on,
       l.answered_on AS left_answered_on,
       l.channel AS left_channel,
       l.words AS left_words,
       replace(l.shares, ', ', char(31)) AS left_shares,
       l.asked_by AS left_asked_by,
       l.asked_words AS left_asked_words,
       l.one_mail AS left_one_mail,
       l.withdrawn_on AS left_withdrawn_on,
       l.told_on AS left_told_on,
       l.described_as AS left_described_as,
       'P' || rc.id || char(31) || rc.name AS right_contact,
       r.answer AS right_answer,
       r.asked_on AS right_asked_on,
       r.answered_on AS right_answered_on,
       r.channel AS right_channel,
       r.words AS right_words,
       replace(r.shares, ', ', char(31)) AS right_shares,
       r.asked_by AS right_asked_by,
       r.asked_words AS right_asked_words,
       r.one_mail AS right_one_mail,
       r.withdrawn_on AS right_withdrawn_on,
       r.told_on AS right_told_on,
       r.described_as AS right_described_as,
       CASE WHEN i.introducer_id IS NULL THEN NULL ELSE 'P' || i.introducer_id || char(31) || v.name END AS introducer,
       i.why,
       i.status,
       i.owner,
       i.proposed_on,
       i.made_on,
       i.met_on,
       i.ended_on,
       i.outcome,
       i.thanked_on,
       i.result,
       i.introducer_asked_on,
       i.introducer_reminded_on,
       i.introducer_told_on,
       (SELECT string_agg('D' || d.id, char(31) ORDER BY d.id) FROM draft d
         WHERE d.about = 'I' || i.id AND d.status IN ('draft', 'sending', 'unsure')
           AND d.template IN (SELECT value FROM json_each(:telling))) AS letters_waiting,
       i.created_at,
       i.updated_at
  FROM introduction i
  JOIN introduction_side l ON l.introduction_id = i.id AND l.side = 'left'
  JOIN contact lc ON lc.id = l.contact_id
  JOIN introduction_side r ON r.introduction_id = i.id AND r.side = 'right'
  JOIN contact rc ON rc.id = r.contact_id
  LEFT JOIN contact v ON v.id = i.introducer_id
 WHERE (:number IS NULL OR i.id = :number)
   AND (:status IS NULL OR i.status = :status)
   AND (:open IS NULL OR i.status IN ('proposed', 'asking', 'agreed', 'made', 'met'))
   AND (:owner IS NULL OR i.owner = :owner)
   AND (:contact IS NULL OR :contact IN (l.contact_id, r.contact_id, i.introducer_id))
   AND (:community IS NULL OR EXISTS (SELECT 1 FROM works_with w
                                       WHERE w.contact_id IN (l.contact_id, r.contact_id) AND w.community = :community))
   AND (:since IS NULL OR i.proposed_on >= :since)
   AND (:owed IS NULL
        OR (i.met_on IS NOT NULL AND i.thanked_on IS NULL)
        OR (i.introducer_id IS NOT NULL AND i.introducer_asked_on IS NOT NULL AND i.introducer_told_on IS NULL
            AND i.status IN ('closed', 'declined', 'lapsed', 'withdrawn')))
   AND (:stuck_before IS NULL
        OR (i.status IN ('proposed', 'asking') AND l.answer IS NULL AND l.asked_on <= :stuck_before)
        OR (i.status IN ('proposed', 'asking') AND r.answer IS NULL AND r.asked_on <= :stuck_before)
        OR (i.status IN ('proposed', 'asking') AND coalesce(i.introducer_reminded_on, i.introducer_asked_on) <= :stuck_before
            AND l.answer IS NULL AND r.answer IS NULL)
        OR (i.status = 'agreed' AND l.answered_on <= :stuck_before AND r.answered_on <= :stuck_before))
 ORDER BY i.proposed_on DESC, i.id DESC
 LIMIT :limit
