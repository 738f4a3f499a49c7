"""What somebody can answer to the invitation to a meeting."""

ANSWERS = COMING, NOT_COMING, MAYBE = ("coming", "not coming", "maybe")
