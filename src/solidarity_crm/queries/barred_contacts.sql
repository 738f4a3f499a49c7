-- Contacts who are not to be contacted.
SELECT id FROM contact WHERE do_not_contact
