"""Outreach: the templates, and messages as mail programs open them."""
