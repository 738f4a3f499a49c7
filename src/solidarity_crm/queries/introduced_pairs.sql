-- Which pairs of contacts had an introduction, however it ended, the lower number first.
SELECT min(l.contact_id, r.contact_id), max(l.contact_id, r.contact_id)
  FROM introduction_side l
  JOIN introduction_side r ON r.introduction_id = l.introduction_id AND r.side = 'right'
 WHERE l.side = 'left'
