-- Every count of people that was published, as the folder of CSV files has it, in the order in which they were published.
SELECT c.published_on AS "on", c.counted_by AS "by", c.category, c.ref AS organisation, c.shown, c.people
  FROM published_count c
 ORDER BY c.id
