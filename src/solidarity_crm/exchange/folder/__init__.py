"""A whole workspace as a folder of CSV files."""
