-- Records in which every word was found, the best first: a word in the title counts ten times one elsewhere.
SELECT rowid, title, body
  FROM search
 WHERE search MATCH :match AND rowid BETWEEN :first AND :last
 ORDER BY bm25(search, 10.0, 1.0, 1.0), rowid DESC
 LIMIT :limit
