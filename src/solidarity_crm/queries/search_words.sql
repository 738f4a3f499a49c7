-- Every word of the index, for finding the nearest to one that is not there.
SELECT term FROM search_word WHERE length(term) BETWEEN :shortest AND :longest
