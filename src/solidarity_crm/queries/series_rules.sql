-- When some series of meetings (:meetings, a JSON list of their numbers) come: the first date, the rule, and the dates that are
-- left out or are meetings of their own, with blanks between.
SELECT m.id, m.starts, m.recurs,
       coalesce(m.left_out, '') || ' ' || coalesce((SELECT string_agg(d.date_of, ' ') FROM meeting d WHERE d.series_id = m.id), '')
  FROM meeting m
 WHERE m.id IN (SELECT value FROM json_each(:meetings))
