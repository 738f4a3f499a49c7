-- Offers of help, the newest first. Every filter is optional.
SELECT h.id,
       'H' || h.id AS ref,
       h.uid,
       h.kind,
       'P' || h.contact_id || char(31) || c.name AS contact,
       'O' || h.organisation_id || char(31) || o.name AS organisation,
       h.about,
       h.received_on,
       h.reply_due,
       h.source,
       h.status,
       h.owner,
       h.capacity,
       h.confirmed_on,
       h.shelf_life_days AS shelf_life,
       CASE WHEN h.status IN ('offered', 'accepted') THEN date(h.confirmed_on, '+' || h.shelf_life_days || ' days') END AS stale_on,
       h.outcome,
       h.ended_on,
       h.thanked_on,
       h.created_at,
       h.updated_at
  FROM offer h
  LEFT JOIN contact c ON c.id = h.contact_id
  LEFT JOIN organisation o ON o.id = h.organisation_id
 WHERE (:number IS NULL OR h.id = :number)
   AND (NOT :open OR h.status IN ('offered', 'accepted'))
   AND (:status IS NULL OR h.status = :status)
   AND (:kind IS NULL OR h.kind = :kind)
   AND (:owner IS NULL OR h.owner = :owner)
   AND (:community IS NULL OR EXISTS (SELECT 1 FROM works_with w WHERE w.offer_id = h.id AND w.community = :community))
   AND (:contact IS NULL OR h.contact_id = :contact)
   AND (:organisation IS NULL OR h.organisation_id = :organisation
        OR EXISTS (SELECT 1 FROM affiliation a
                    WHERE a.contact_id = h.contact_id AND a.organisation_id = :organisation AND (a.until IS NULL OR a.until >= :today)))
   AND (:since IS NULL OR h.received_on >= :since)
   AND (:waiting_since IS NULL OR (h.status = 'offered' AND h.received_on < :waiting_since))
   AND (NOT :stale OR (h.status IN ('offered', 'accepted') AND date(h.confirmed_on, '+' || h.shelf_life_days || ' days') <= :today))
   AND (NOT :owed OR (h.status = 'fulfilled' AND h.thanked_on IS NULL))
   AND (:ask IS NULL OR EXISTS (SELECT 1 FROM ask_match m WHERE m.offer_id = h.id AND m.ask_id = :ask))
 ORDER BY h.received_on DESC, h.id DESC
 LIMIT :limit
