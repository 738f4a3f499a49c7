-- How many records there are of each noun.
SELECT (SELECT count(*) FROM contact) AS contacts,
       (SELECT count(*) FROM organisation) AS organisations,
       (SELECT count(*) FROM offer) AS offers,
       (SELECT count(*) FROM ask) AS asks,
       (SELECT count(*) FROM introduction) AS introductions,
       (SELECT count(*) FROM followup) AS follow_ups,
       (SELECT count(*) FROM meeting) AS meetings,
       (SELECT count(*) FROM interaction) AS interactions,
       (SELECT count(*) FROM draft) AS drafts,
       (SELECT count(*) FROM proposal) AS proposals
