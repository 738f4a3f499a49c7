"""CSV and spreadsheets.

Reading goes in three steps: ``reading.read`` gives a file's rows, ``columns.recognise`` says what each of its columns is,
and ``book.book`` makes people of the rows. ``cleaning.cleaned`` makes one cell clean.
"""
