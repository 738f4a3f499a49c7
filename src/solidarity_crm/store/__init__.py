"""The workspace on disk: settings, the database, one transaction per command, the journal, migrations and backups.

Reading loads none of SQLModel: ``sqlite`` and ``workspace`` are all that a reading command needs.
"""
