"""Requests to a calendar server, within limits of time and size, and its refusals said our own way; the only importer of requests.

A password goes to one host only, by https or to this machine itself, and only once that host has asked for it: nothing is
followed elsewhere, and no setting makes a certificate fit that does not (protection.md S11).
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

import requests
from requests.auth import HTTPBasicAuth, HTTPDigestAuth
from urllib3.exceptions import DecodeError, ProtocolError, ReadTimeoutError

from solidarity_crm import __version__
from solidarity_crm.exchange.caldav.errors import (
    BadAddress,
    LoginRefused,
    MovedElsewhere,
    NotTrusted,
    OddAnswer,
    PlainHttp,
    Silent,
    UnknownLogin,
    Unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from requests.auth import AuthBase

PATIENCE = 30.0  # seconds without a word from the server
_CONNECTING = 10.0
_IN_ALL = 10  # times the patience, for an answer that comes in drops
_MOST_BYTES = 16_000_000  # as XML it may take thirty times the room
_PIECE = 65_536
_UNAUTHORIZED, _FIRST_REDIRECT, _LAST_REDIRECT = 401, 300, 399


class Address(NamedTuple):
    """Where a calendar is: its address without anybody's name in it, and the name that was."""

    url: str
    user: str | None

    @property
    def host(self) -> str:
        """The server's name, as it is shown."""
        return urlsplit(self.url).netloc

    @property
    def account(self) -> str:
        """What its password is called in a keyring."""
        return f"solidarity:{self.host}"


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def address(text: str) -> Address:
    """Read a calendar's address.

    Raises BadAddress, or PlainHttp for one that is neither https nor on this machine.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadAddress("it cannot be read") from None
    if parts.scheme not in ("http", "https") or not host:
        raise BadAddress("it begins with https:// and a server's name")
    if parts.password is not None:
        raise BadAddress("a password does not belong in it, where others can read it")
    if parts.query or parts.fragment:
        raise BadAddress("it has a ? or a # in it")
    shown = f"[{host}]" if ":" in host else host
    path = quote(unquote(parts.path or "/"), safe="/@:!$&'()*+,;=~-._")
    url = urlunsplit((parts.scheme, f"{shown}:{port}" if port else shown, path if path.endswith("/") else f"{path}/", "", ""))
    if parts.scheme == "http" and not _here(host):
        raise PlainHttp(url)
    return Address(url, unquote(parts.username) if parts.username else None)


def _elsewhere(url: str, location: str) -> str | None:
    """Give the address that a server at ``url`` sends us on to, without the name and password that it may put there; None for none of a calendar's."""
    try:
        return address(urljoin(url, location)).url
    except (BadAddress, PlainHttp, ValueError):
        return None


def _here(host: str) -> bool:
    """Say whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Connection:
    """A calendar server, as one user."""

    def __init__(self, place: Address, password: str | None, patience: float = PATIENCE) -> None:
        """Keep what is needed; nothing is sent yet."""
        self.place, self._user, self._password, self._patience = place, place.user, password, patience
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"solidarity/{__version__}"
        self._session.auth = _nobody  # without it the library looks for passwords in ~/.netrc
        host = urlsplit(place.url).hostname or ""
        self._proxies = {"no_proxy": host} if _here(host) else None  # what the machine is set to use is for other machines

    def close(self) -> None:
        """Let go of the server."""
        self._session.close()

    def ask(self, method: str, url: str, body: bytes = b"", **headers: str) -> Answer:
        """Send a request; log in if the server wants that.

        Raises the errors of :mod:`solidarity_crm.exchange.caldav.errors`.
        """
        answer = self._send(method, url, body, headers)
        if answer.status == _UNAUTHORIZED:
            self._log_in(answer.headers.get("WWW-Authenticate", ""))
            answer = self._send(method, url, body, headers)
            if answer.status == _UNAUTHORIZED:
                raise LoginRefused(self.place.url, self.place.host, self._user)
        if _FIRST_REDIRECT <= answer.status <= _LAST_REDIRECT:
            raise MovedElsewhere(self.place.host, _elsewhere(self.place.url, answer.headers.get("Location", "")))
        return answer

    def _log_in(self, schemes: str) -> None:
        """Answer a server's question who this is, from now on."""
        if self._user is None or self._password is None or self._session.auth is not _nobody:
            raise LoginRefused(self.place.url, self.place.host, self._user)
        wanted = {word.split()[0].lower() for word in schemes.split(",") if word.strip()}
        login: AuthBase
        if "digest" in wanted:
            login = HTTPDigestAuth(self._user, self._password)
        elif "basic" in wanted:
            login = HTTPBasicAuth(self._user.encode(), self._password.encode())
        else:
            raise UnknownLogin(self.place.host)
        self._session.auth = login

    def _send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send one request and read its answer whole."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with (
            self._said_our_way(),
            self._session.request(
                method,
                url,
                data=body,
                headers=named,
                timeout=(min(_CONNECTING, self._patience), self._patience),
                proxies=self._proxies,
                allow_redirects=False,
                stream=True,
            ) as response,
        ):
            return Answer(response.status_code, response.headers, self._body(response))

    def _body(self, response: requests.Response) -> bytes:
        """Read an answer, as far as an answer may go."""
        last, found = time.monotonic() + _IN_ALL * self._patience, bytearray()
        while piece := response.raw.read1(_PIECE, decode_content=True):  # what is there, and no waiting for a piece to be full
            found += piece
            if len(found) > _MOST_BYTES:
                raise OddAnswer(self.place.host, "it does not end")
            if time.monotonic() > last:
                raise Silent(self.place.url, self.place.host, _IN_ALL * self._patience)
        return bytes(found)

    @contextmanager
    def _said_our_way(self) -> Iterator[None]:
        """Turn the library's errors into ours, which hold nothing of what was sent."""
        host = self.place.host
        try:
            yield
        except requests.exceptions.SSLError as problem:
            raise NotTrusted(host, _about_certificate(str(problem))) from None
        except (requests.exceptions.Timeout, TimeoutError):
            raise Silent(self.place.url, host, self._patience) from None
        except requests.exceptions.ProxyError:
            raise Unreachable(host, "the proxy that this machine is set to use does not answer") from None
        except (requests.exceptions.ConnectionError, ProtocolError, ReadTimeoutError) as problem:
            if "timed out" in str(problem):  # in the middle of an answer
                raise Silent(self.place.url, host, self._patience) from None
            raise Unreachable(host, _about_connection(str(problem))) from None
        except (requests.exceptions.RequestException, DecodeError, ValueError) as problem:
            raise OddAnswer(host, type(problem).__name__) from None


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Send a request as nobody."""
    return request


def _about_certificate(said: str) -> str:
    """Say in plain words what is wrong with a certificate."""
    said = said.lower()
    if "hostname mismatch" in said or "doesn't match" in said or "ip address mismatch" in said:
        return "its certificate is for another name"
    if "expired" in said:
        return "its certificate has expired"
    if "self-signed" in said or "self signed" in said or "unable to get local issuer" in said:
        return "its certificate is not signed by anybody whom this machine trusts"
    if "wrong version number" in said or "record layer failure" in said:
        return "it does not speak https"
    return "its certificate, or its encryption, does not hold"


def _about_connection(said: str) -> str:
    """Say in plain words why there is no connection."""
    said = said.lower()
    if "nameresolution" in said or "getaddrinfo" in said or "name or service not known" in said or "failed to resolve" in said:
        return "there is no server of that name"
    if "refused" in said:
        return "nothing answers at that address"
    return "the connection broke off"
