"""Migrations of the schema; they import nothing of the program, so that they stay what they were."""
