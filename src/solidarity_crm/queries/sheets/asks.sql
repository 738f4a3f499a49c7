-- Asks for help as the folder of CSV files has them, in the order of their refs.
SELECT 'A' || a.id AS ref,
       a.kind, a.about,
       (SELECT string_agg(w.community, char(31) ORDER BY w.id) FROM works_with w WHERE w.ask_id = a.id) AS for_communities,
       a.wanted_by, a.status, a.owner, a.outcome, a.ended_on,
       a.uid, a.created_at, a.updated_at
  FROM ask a
 ORDER BY a.id
