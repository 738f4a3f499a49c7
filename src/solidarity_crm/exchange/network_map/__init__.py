"""The network as a map that others open: a page, a picture, and the files that graph programs read."""
