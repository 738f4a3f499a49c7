-- The dates of series that are meetings of their own: the series' uid, and when it would have had the date.
SELECT s.uid, m.date_of
  FROM meeting m
  JOIN meeting s ON s.id = m.series_id
