"""The parts of an entry, each from the cells of a row."""
