"""A calendar on a server, by CalDAV (RFC 4791)."""
