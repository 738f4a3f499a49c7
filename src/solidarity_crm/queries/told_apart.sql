-- What tells a record from another that is called the same: where somebody is, when something is, whom it is to or from.
SELECT coalesce(
         CASE :letter
           WHEN 'P' THEN (SELECT o.name
                            FROM affiliation a
                            JOIN organisation o ON o.id = a.organisation_id
                           WHERE a.contact_id = :number AND a.until IS NULL
                           ORDER BY a.id
                           LIMIT 1)
           WHEN 'M' THEN (SELECT substr(m.starts, 1, 10) || CASE WHEN m.recurs IS NULL THEN '' ELSE ' and again' END
                            FROM meeting m
                           WHERE m.id = :number)
           WHEN 'D' THEN (SELECT 'to ' || c.name || ', ' || d.status FROM draft d JOIN contact c ON c.id = d.contact_id WHERE d.id = :number)
           WHEN 'H' THEN (SELECT 'of ' || c.name || ', ' || h.status FROM offer h JOIN contact c ON c.id = h.contact_id WHERE h.id = :number)
           WHEN 'F' THEN (SELECT 'due ' || f.due || ', ' || f.status FROM followup f WHERE f.id = :number)
           WHEN 'N' THEN (SELECT n.happened_on FROM interaction n WHERE n.id = :number)
         END,
         (SELECT r.status FROM record_name r WHERE r.letter = :letter AND r.id = :number))
