"""A real calendar server, Radicale, on a port of this machine; it counts what it is asked, and others can write to it too."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import requests
from radicale import config
from radicale.app import Application

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator
    from pathlib import Path

USER, PASSWORD = "robin", "correct horse"
WRITING = ("PUT", "DELETE", "POST", "MKCALENDAR", "PROPPATCH", "MOVE")
_MAKE = """<?xml version="1.0"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
<C:supported-calendar-component-set>{}</C:supported-calendar-component-set></prop></set></C:mkcalendar>"""


class Asked(NamedTuple):
    """A request that the server was sent."""

    method: str
    path: str


class Server:
    """A running server with one calendar of USER's; ``url`` is that calendar's, ``asked`` what our program sent."""

    def __init__(self, root: str) -> None:
        """Begin with nothing asked."""
        self.root, self.url = root, f"{root}/{USER}/network/"
        self.asked: list[Asked] = []
        self.stored: list[Asked] = []  # what was written and taken
        self.before: Callable[[Asked], None] | None = None  # called before each request is dealt with
        self.after: Callable[[Asked], None] | None = None  # called when it was, before it is answered
        self.answer: Callable[[Asked], tuple[str, list[tuple[str, str]], bytes] | None] = lambda _: None  # instead of the server's own
        self.hides_tags = False  # of what was just written

    @property
    def wrote(self) -> list[str]:
        """The methods of the requests that write."""
        return [asked.method for asked in self.asked if asked.method in WRITING]

    def make(self, *components: str) -> None:
        """Make the calendar, for these kinds of items."""
        listed = "".join(f'<C:comp name="{component}"/>' for component in components)
        self._other("MKCALENDAR", self.url, _MAKE.format(listed))

    def items(self) -> dict[str, str]:
        """Give what is in the calendar, by its file names."""
        found = self._other("PROPFIND", self.url, "", Depth="1").text
        names = [part.split("</")[0].rsplit("/", 1)[1] for part in found.split("href>") if part.split("</")[0].endswith(".ics")]
        return {unquote(name): self._other("GET", self.url + name).text.replace("\r\n", "\n") for name in names}

    def put(self, name: str, content: str) -> None:
        """Write an item, as another program does."""
        self._other("PUT", self.url + name, content, Content_Type="text/calendar")

    def edit(self, name: str, old: str, new: str) -> None:
        """Change an item, as another program does."""
        before = self.items()[name]
        assert old in before, before
        self.put(name, before.replace(old, new))

    def delete(self, name: str) -> None:
        """Delete an item, as another program does."""
        self._other("DELETE", self.url + name)

    def _other(self, method: str, url: str, body: str = "", **headers: str) -> requests.Response:
        """Send a request as another program, which is not counted."""
        named = {name.replace("_", "-"): value for name, value in headers.items()} | {"X-Other": "yes"}
        done = requests.request(method, url, data=body.encode(), headers=named, auth=(USER, PASSWORD), timeout=20)
        assert done.ok, (done.status_code, done.text)
        return done


class _Threads(ThreadingMixIn, WSGIServer):
    """A server that answers several at once, and ends when the test does."""

    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    """A handler that prints nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def radicale(folder: Path, *, tls: ssl.SSLContext | None = None, login: bool = True) -> Iterator[Server]:
    """Run a server whose files are in a folder, until the test ends."""
    logging.getLogger("radicale").setLevel(logging.CRITICAL)
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    settings = config.load()
    auth = {"type": "htpasswd", "htpasswd_filename": str(folder / "users"), "htpasswd_encryption": "plain", "delay": "0"}
    wanted = {
        "storage": {"filesystem_folder": str(folder / "data"), "_filesystem_fsync": "False"},
        "auth": auth if login else {"type": "none"},
    }
    settings.update(wanted, "test", privileged=True)
    application = Application(settings)

    def counted(environ: dict[str, Any], start: Any) -> Any:
        asked = Asked(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        if "HTTP_X_OTHER" not in environ:
            server.asked.append(asked)
            if server.before is not None:
                server.before(asked)
            instead = server.answer(asked)
            if instead is not None:
                status, headers, body = instead
                start(status, headers)
                return [body]
            return application(environ, lambda status, headers: started(asked, status, headers, start))
        return application(environ, start)

    def started(asked: Asked, status: str, headers: list[tuple[str, str]], start: Any) -> Any:
        if asked.method in WRITING and status.startswith("2"):
            server.stored.append(asked)
        if server.after is not None:
            server.after(asked)
        hidden = server.hides_tags and asked.method == "PUT"
        return start(status, [each for each in headers if not (hidden and each[0] == "ETag")])

    running = make_server("127.0.0.1", 0, counted, _Threads, _Quiet)
    if tls is not None:
        running.socket = tls.wrap_socket(running.socket, server_side=True)
    server = Server(f"http{'s' if tls else ''}://{'localhost' if tls else '127.0.0.1'}:{running.server_port}")
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        running.shutdown()
        running.server_close()
        thread.join()
