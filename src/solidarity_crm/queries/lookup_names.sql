-- Records whose title begins the words asked for, within one noun's rows of the index.
SELECT rowid, title FROM search WHERE search MATCH :match AND rowid BETWEEN :first AND :last ORDER BY rowid LIMIT :limit
