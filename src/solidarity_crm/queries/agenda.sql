-- Everything that may need somebody: one row a matter, with the facts from which its urgency follows.
-- "since" is the day it hangs on: when it is due, was asked, was received, ended or was last confirmed.
SELECT 'follow-up' AS kind, 'F' || f.id AS ref, f.what,
       -- somebody: whoever it is about, or offers it, or took part; an ask or a meeting is nobody
       CASE substr(f.about, 1, 1)
         WHEN 'H' THEN (SELECT coalesce(c.name, o.name) FROM offer h LEFT JOIN contact c ON c.id = h.contact_id
                          LEFT JOIN organisation o ON o.id = h.organisation_id WHERE h.id = CAST(substr(f.about, 2) AS INTEGER))
         WHEN 'N' THEN (SELECT c.name FROM participant p JOIN contact c ON c.id = p.contact_id
                         WHERE p.interaction_id = CAST(substr(f.about, 2) AS INTEGER) ORDER BY p.id LIMIT 1)
         WHEN 'D' THEN (SELECT c.name FROM draft d JOIN contact c ON c.id = d.contact_id WHERE d.id = CAST(substr(f.about, 2) AS INTEGER))
         WHEN 'A' THEN NULL
         WHEN 'M' THEN NULL
         ELSE (SELECT r.name FROM record_name r WHERE r.letter = substr(f.about, 1, 1) AND r.id = CAST(substr(f.about, 2) AS INTEGER))
       END AS who,
       coalesce(f.snoozed_until, f.due) AS day, f.due AS since, f.priority AS number, NULL AS note
  FROM followup f
 WHERE f.status = 'open' AND f.due <= :horizon AND (f.snoozed_until IS NULL OR f.snoozed_until <= :horizon)
   AND (:owner IS NULL OR f.owner = :owner)
UNION ALL
SELECT 'meeting', 'M' || m.id, m.title,
       (SELECT string_agg(c.name, ', ' ORDER BY p.id) FROM participant p JOIN contact c ON c.id = p.contact_id WHERE p.meeting_id = m.id),
       substr(m.starts, 1, 10), substr(m.starts, 1, 10), 5, CASE WHEN m.all_day THEN 'all day' ELSE substr(m.starts, 12, 5) END
  FROM meeting m
 -- of a series the dates are found by its rule
 WHERE m.status = 'planned' AND m.starts < :after_horizon AND m.recurs IS NULL
   AND (:owner IS NULL OR m.owner = :owner)
UNION ALL
SELECT 'offer', 'H' || h.id, h.kind || ': ' || h.about, coalesce(c.name, o.name), h.reply_due, h.received_on, 5, NULL
  FROM offer h
  LEFT JOIN contact c ON c.id = h.contact_id
  LEFT JOIN organisation o ON o.id = h.organisation_id
 WHERE h.status = 'offered' AND h.reply_due <= :horizon
   AND (:owner IS NULL OR h.owner = :owner)
UNION ALL
SELECT 'proposal', 'R' || r.id, 'form reply: ' || coalesce(substr(replace(r.words, char(10), ' '), 1, 60) || CASE WHEN length(r.words) > 60 THEN '…' ELSE '' END,
                                               substr(replace(r.choices, char(10), '; '), 1, 60), r.origin),
       coalesce(r.name, r.email, r.phone), r.reply_due, r.received_on, 5, NULL
  FROM proposal r
 WHERE r.status = 'waiting' AND r.reply_due <= :horizon
   AND (:owner IS NULL OR r.owner = :owner)
UNION ALL
SELECT 'stale', 'H' || h.id, h.kind || ': ' || h.about, coalesce(c.name, o.name), NULL, h.confirmed_on, h.shelf_life_days, NULL
  FROM offer h
  LEFT JOIN contact c ON c.id = h.contact_id
  LEFT JOIN organisation o ON o.id = h.organisation_id
 WHERE h.status = 'accepted' AND h.confirmed_on < :today
   AND (:owner IS NULL OR h.owner = :owner)
UNION ALL
SELECT 'thanks', 'H' || h.id, h.kind || ': ' || h.about, coalesce(c.name, o.name), coalesce(h.ended_on, h.received_on), coalesce(h.ended_on, h.received_on), 5, NULL
  FROM offer h
  LEFT JOIN contact c ON c.id = h.contact_id
  LEFT JOIN organisation o ON o.id = h.organisation_id
 WHERE h.status = 'fulfilled' AND h.thanked_on IS NULL
   AND (:owner IS NULL OR h.owner = :owner)
UNION ALL
SELECT 'ask', 'A' || a.id, a.kind || ': ' || a.about, NULL, a.wanted_by, a.wanted_by, 5, NULL
  FROM ask a
 WHERE a.status = 'open' AND a.wanted_by <= :horizon
   AND (:owner IS NULL OR a.owner = :owner)
UNION ALL
SELECT 'introduction', 'I' || i.id, (SELECT r.name FROM record_name r WHERE r.letter = 'I' AND r.id = i.id), c.name, NULL, s.asked_on, 5, s.side
  FROM introduction i
  JOIN introduction_side s ON s.introduction_id = i.id
  JOIN contact c ON c.id = s.contact_id
 WHERE i.status IN ('proposed', 'asking') AND s.answer IS NULL AND s.asked_on <= :stuck_before
   AND (:owner IS NULL OR i.owner = :owner)
UNION ALL
SELECT 'agreed', 'I' || i.id, (SELECT r.name FROM record_name r WHERE r.letter = 'I' AND r.id = i.id), NULL,
       NULL, coalesce((SELECT max(s.answered_on) FROM introduction_side s WHERE s.introduction_id = i.id), i.proposed_on), 5, NULL
  FROM introduction i
 WHERE i.status = 'agreed'
   AND (:owner IS NULL OR i.owner = :owner)
UNION ALL
SELECT 'thanks', 'I' || i.id, (SELECT r.name FROM record_name r WHERE r.letter = 'I' AND r.id = i.id), c.name, i.met_on, i.met_on, 5,
       (SELECT string_agg('D' || d.id, ', ' ORDER BY d.id) FROM draft d
         WHERE d.about = 'I' || i.id AND d.status IN ('draft', 'sending', 'unsure')
           AND d.template IN (SELECT value FROM json_each(:telling)) AND d.contact_id = coalesce(i.introducer_id, d.contact_id))
  FROM introduction i
  LEFT JOIN contact c ON c.id = i.introducer_id
 WHERE i.status IN ('met', 'closed') AND i.met_on IS NOT NULL AND i.thanked_on IS NULL
   AND (:owner IS NULL OR i.owner = :owner)
UNION ALL
-- whoever was to introduce two people and was asked: reminded once while both sides are silent, and told what came of it
SELECT 'introducer', 'I' || i.id, (SELECT r.name FROM record_name r WHERE r.letter = 'I' AND r.id = i.id), c.name, NULL,
       coalesce(i.introducer_reminded_on, i.introducer_asked_on), 5, CASE WHEN i.introducer_reminded_on IS NULL THEN 'asked' ELSE 'reminded' END
  FROM introduction i
  JOIN contact c ON c.id = i.introducer_id
 WHERE i.status IN ('proposed', 'asking') AND coalesce(i.introducer_reminded_on, i.introducer_asked_on) <= :stuck_before
   AND NOT EXISTS (SELECT 1 FROM introduction_side s WHERE s.introduction_id = i.id AND s.answer IS NOT NULL)
   AND (:owner IS NULL OR i.owner = :owner)
UNION ALL
SELECT 'word', 'I' || i.id, (SELECT r.name FROM record_name r WHERE r.letter = 'I' AND r.id = i.id), c.name, i.ended_on, i.ended_on, 5,
       (SELECT string_agg('D' || d.id, ', ' ORDER BY d.id) FROM draft d
         WHERE d.about = 'I' || i.id AND d.status IN ('draft', 'sending', 'unsure')
           AND d.template IN (SELECT value FROM json_each(:telling)) AND d.contact_id = i.introducer_id)
  FROM introduction i
  JOIN contact c ON c.id = i.introducer_id
 WHERE i.status IN ('closed', 'declined', 'lapsed', 'withdrawn') AND i.introducer_asked_on IS NOT NULL
   AND i.introducer_told_on IS NULL AND i.ended_on IS NOT NULL
   AND (:owner IS NULL OR i.owner = :owner)
UNION ALL
-- what went out and may not have arrived, or did not: until somebody says so, or the next is drafted or it is cancelled
SELECT d.status, 'D' || d.id, d.subject, c.name, NULL,
       (SELECT m.moved_on FROM move m WHERE m.ref = 'D' || d.id ORDER BY m.id DESC LIMIT 1), 5, NULL
  FROM draft d
  JOIN contact c ON c.id = d.contact_id
 WHERE d.status IN ('unsure', 'failed')
   AND NOT (d.status = 'failed' AND EXISTS (SELECT 1 FROM draft n WHERE n.contact_id = d.contact_id AND n.template = d.template
                                               AND n.id > d.id AND n.status <> 'cancelled'))
   AND (:owner IS NULL OR d.owner = :owner)
UNION ALL
SELECT 'quiet', 'P' || c.id, 'get in touch', c.name, NULL,
       coalesce((SELECT max(n.happened_on) FROM participant p JOIN interaction n INDEXED BY ix_interaction_day ON n.id = p.interaction_id
                  WHERE p.contact_id = c.id), c.obtained_on),
       c.cadence_days, NULL
  FROM contact c
 WHERE c.cadence_days IS NOT NULL AND NOT c.do_not_contact AND :owner IS NULL
UNION ALL
SELECT 'notice', 'P' || c.id, 'privacy notice', c.name, NULL, c.obtained_on, 5, c.source
  FROM contact c
 WHERE c.source <> 'self' AND c.notice_given_on IS NULL AND c.obtained_on <= :notice_before AND :owner IS NULL
