-- The last published count of people of each category, in one way of counting.
SELECT coalesce(c.ref, c.category) AS "key", c.published_on, c.people
  FROM published_count c
 WHERE c.id IN (SELECT max(later.id) FROM published_count later
                 WHERE later.counted_by = :by GROUP BY coalesce(later.ref, later.category))
