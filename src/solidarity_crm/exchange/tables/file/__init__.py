"""A file of rows, as text or a workbook: bytes in, rows out."""
