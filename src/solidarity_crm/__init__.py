"""Solidarity CRM: contacts, offers and introductions of a small partnership, in a terminal."""

__version__ = "0.1.0"
