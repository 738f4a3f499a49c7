"""The least that a list of all contacts takes: one question, its rows printed as they come, the same columns.

The driver is the program's own, since the standard library's may be too old to read the file.
"""

import os

from sqlcipher3 import dbapi2

CONTACTS = """
SELECT 'P' || c.id, c.name,
       (SELECT group_concat(coalesce(a.role || ', ', '') || o.name, '; ')
          FROM affiliation a JOIN organisation o ON o.id = a.organisation_id WHERE a.contact_id = c.id AND a.until IS NULL),
       (SELECT group_concat(w.community, ', ') FROM works_with w WHERE w.contact_id = c.id),
       (SELECT p.value FROM contact_point p WHERE p.contact_id = c.id AND p.system = 'email' ORDER BY p.preferred DESC, p.position LIMIT 1),
       (SELECT max(n.happened_on) FROM participant p JOIN interaction n ON n.id = p.interaction_id WHERE p.contact_id = c.id)
  FROM contact c ORDER BY c.name_key
"""
for row in dbapi2.connect(os.environ["STORE"]).execute(CONTACTS):  # type: ignore[attr-defined] # the driver ships no types
    print(*row, sep="\t")
