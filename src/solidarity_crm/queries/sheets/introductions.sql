-- Introductions with both their sides as the folder of CSV files has them, in the order of their refs.
SELECT 'I' || i.id AS ref,
       'P' || l.contact_id AS "left", lc.name AS left_name,
       'P' || r.contact_id AS "right", rc.name AS right_name,
       'P' || i.introducer_id AS introducer, ic.name AS introducer_name,
       i.why, i.status, i.owner, i.proposed_on,
       l.asked_on AS left_asked_on, l.answer AS left_answer, l.answered_on AS left_answered_on,
       l.channel AS left_channel, l.words AS left_words, l.shares AS left_shares,
       l.asked_by AS left_asked_by, l.asked_words AS left_asked_words, l.one_mail AS left_one_mail,
       l.withdrawn_on AS left_withdrawn_on, l.told_on AS left_told_on, l.described_as AS left_described_as,
       r.asked_on AS right_asked_on, r.answer AS right_answer, r.answered_on AS right_answered_on,
       r.channel AS right_channel, r.words AS right_words, r.shares AS right_shares,
       r.asked_by AS right_asked_by, r.asked_words AS right_asked_words, r.one_mail AS right_one_mail,
       r.withdrawn_on AS right_withdrawn_on, r.told_on AS right_told_on, r.described_as AS right_described_as,
       i.made_on, i.met_on, i.ended_on, i.outcome, i.thanked_on,
       i.introducer_asked_on, i.introducer_reminded_on, i.introducer_told_on, i.result,
       i.uid, i.created_at, i.updated_at
  FROM introduction i
  JOIN introduction_side l ON l.introduction_id = i.id AND l.side = 'left'
  JOIN contact lc ON lc.id = l.contact_id
  JOIN introduction_side r ON r.introduction_id = i.id AND r.side = 'right'
  JOIN contact rc ON rc.id = r.contact_id
  LEFT JOIN contact ic ON ic.id = i.introducer_id
 ORDER BY i.id
