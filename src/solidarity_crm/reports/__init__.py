"""Facts in, a document out: cards, briefs and reports; how they look is the output's and the templates'."""
