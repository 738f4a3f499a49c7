"""One file per noun; the root imports the one that is used."""
