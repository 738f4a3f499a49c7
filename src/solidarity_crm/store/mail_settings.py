"""``[mail]`` in the settings file: the servers that take our messages, how, and how fast. Passwords are not in it."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any, NamedTuple

# how a connection is made safe, each with the port that is usual for it (RFC 8314, RFC 6409)
SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}
IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}
_TEXTS = ("host", "security", "user", "from", "folder")
_LARGEST_PORT = 65_535


class MailServer(NamedTuple):
    """One server: where it is, how the connection is made safe (tls, starttls; none on this machine only), and as whom.

    ``timeout`` is how many seconds it may be silent.
    """

    host: str
    port: int
    security: str
    user: str | None = None
    timeout: int = 60

    @property
    def account(self) -> str:
        """What its password is called in a keyring."""
        return f"solidarity:{self.host}"


class MailSettings(NamedTuple):
    """How messages are sent; ``sender`` is the address that they come from, if not the one of whoever writes.

    What a server takes only later is tried ``retries`` times more, after ``retry_after`` seconds. ``drafts`` is the IMAP
    server whose drafts folder takes drafts, ``folder`` what that is called if the server does not say.
    """

    smtp: MailServer | None = None
    sender: str | None = None
    per_minute: int = 30
    retries: int = 2
    retry_after: int = 10
    drafts: MailServer | None = None
    folder: str | None = None


def mail_settings(raw: dict[str, Any]) -> MailSettings:
    """Read the table, empty when it is not there.

    Raises ValueError or TypeError for what it does not know, or what would send a password or people's names in the open.
    """
    imap = raw.get("imap", {})
    if not isinstance(imap, dict):
        problem = "[mail.imap] must be a table"
        raise TypeError(problem)
    _known("[mail]", raw, ("host", "port", "security", "user", "from", "per_minute", "timeout", "retries", "retry_after", "imap"))
    _known("[mail.imap]", imap, ("host", "port", "security", "user", "folder", "timeout"))
    defaults = MailSettings()
    return MailSettings(
        smtp=_server("[mail]", raw, SMTP_PORTS),
        sender=raw.get("from"),
        per_minute=_number("[mail] per_minute", raw.get("per_minute", defaults.per_minute), 1, 600),
        retries=_number("[mail] retries", raw.get("retries", defaults.retries), 0, 10),
        retry_after=_number("[mail] retry_after", raw.get("retry_after", defaults.retry_after), 0, 600),
        drafts=_server("[mail.imap]", imap, IMAP_PORTS),
        folder=imap.get("folder"),
    )


def _known(table: str, raw: dict[str, Any], keys: tuple[str, ...]) -> None:
    """Raise ValueError for a key that the table does not have, a password most of all; TypeError for what must be text."""
    for key, value in raw.items():
        if "pass" in key.lower():
            problem = f"{table} must have no password; it is asked for, or kept in the keyring by solidarity outreach send --remember"
            raise ValueError(problem)
        if key not in keys:
            problem = f"{table} does not know {key}; it knows {', '.join(keys)}"
            raise ValueError(problem)
        if key in _TEXTS and (not isinstance(value, str) or not value.strip() or not value.isprintable()):
            problem = f"{table} {key} must be text in quotes"
            raise TypeError(problem)


def _server(table: str, raw: dict[str, Any], ports: dict[str, int]) -> MailServer | None:
    """Give the server that a table names, or None when it names none."""
    if "host" not in raw:
        return None
    security = raw.get("security", next(iter(ports)))
    if security not in ports:
        problem = f"{table} security is one of: {', '.join(ports)}"
        raise ValueError(problem)
    port = _number(f"{table} port", raw.get("port", ports[security]), 1, _LARGEST_PORT)
    found = MailServer(raw["host"].strip(), port, security, raw.get("user"), _number(f"{table} timeout", raw.get("timeout", 60), 1, 600))
    if security == "none" and (found.user or not on_this_machine(found.host)):
        problem = f'{table} security "none" is only for a server on this machine, without user; take "starttls" or "tls"'
        raise ValueError(problem)
    return found


def on_this_machine(host: str) -> bool:
    """Say whether a host is this machine, by its name or its address."""
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _number(what: str, value: object, least: int, most: int) -> int:
    """Give a whole number between two."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        problem = f"{what} must be a whole number from {least} to {most}"
        raise ValueError(problem)
    return value
