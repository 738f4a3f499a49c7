"""Our drafts in a real IMAP server's drafts folder (Dovecot), and our maildir in notmuch and mblaze; run by ``make clients``."""

from __future__ import annotations

import imaplib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from mail_server import PASSWORD, USER, certificates
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Crm

SECRET = PASSWORD.replace(" ", "_")  # Dovecot parts its settings at blanks
HELLO = "Subject: Hello {{ contact.greeting }}\nPurpose: service\nAbout: A greeting\n\nDear {{ contact.greeting }},\n\nFrom us all.\n"
CONFIGURED = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.pem
mail_location = maildir:{folder}/mail
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail
}}
namespace inbox {{
  inbox = yes
  mailbox "Entwürfe & mehr" {{
    special_use = \\Drafts
    auto = create
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
"""


class Dovecot(NamedTuple):
    """A running server: its ports, and the file of the authority that it is trusted by."""

    plain: int
    tls: int
    authority: Path

    def drafts(self) -> list[tuple[Any, str]]:
        """Give the messages of the drafts folder with their flags."""
        line = imaplib.IMAP4_SSL("localhost", self.tls, ssl_context=ssl.create_default_context(cafile=str(self.authority)))
        line.login(USER, SECRET)
        line.select('"Entw&APw-rfe &- mehr"', readonly=True)
        numbers: list[Any] = line.search(None, "ALL")[1][0].split()
        fetched: list[Any] = [line.fetch(number, "(FLAGS RFC822)")[1] for number in numbers]
        line.logout()
        return [(message_from_bytes(parts[0][1], policy=policy.default), str(parts)) for parts in fetched]


def needed(*programs: str) -> None:
    """Install what is not there, where that may be done; say what is missing else."""
    packages = {"dovecot": "dovecot-imapd", "notmuch": "notmuch", "mshow": "mblaze"}
    path = f"{os.environ['PATH']}:/usr/sbin"
    missing = [packages[program] for program in programs if not shutil.which(program, path=path)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", *missing], check=True, capture_output=True)
    elif missing:
        pytest.fail(f"this needs {' and '.join(missing)}: install them and run make clients again")


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    """Start Dovecot with one account, its drafts folder called as a German program calls it."""
    needed("dovecot")
    if os.geteuid() != 0:
        pytest.fail("Dovecot is started as root, and gives that up itself: run make clients as root")
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)
    ports = []
    for _ in range(2):
        with socket.create_server(("127.0.0.1", 0)) as free:
            ports.append(free.getsockname()[1])
    _, authority = certificates(tmp_path_factory.mktemp("authority"), "localhost", server=folder / "server.pem")
    configured = CONFIGURED.format(folder=folder, password=SECRET, plain=ports[0], tls=ports[1])
    (folder / "dovecot.conf").write_text(configured, encoding="utf-8")
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "mail", "mail")
    program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program
    running = subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", ports[1])) == 0:
                break
        time.sleep(0.1)
    yield Dovecot(ports[0], ports[1], authority)
    running.terminate()
    try:
        running.wait(timeout=10)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait(timeout=10)
    shutil.rmtree(folder)


@pytest.fixture
def drafts(crm: Crm, dovecot: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Draft two messages in a workspace that knows the account; give their refs."""
    crm.ok("contact", "add", "Amina Yusuf", "--email", "amina@example.org")
    crm.ok("contact", "add", "Siân O'Brien [she/her]", "--email", "sian@example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.authority))
    (crm.workspace.templates / "hello.txt").write_text(HELLO, encoding="utf-8")
    path = crm.workspace.folder / "solidarity.toml"
    account = f'\n[mail.imap]\nhost = "localhost"\nport = {dovecot.tls}\nuser = "{USER}"\n'
    path.write_text(path.read_text(encoding="utf-8") + account, encoding="utf-8")
    secret = tmp_path / "password"
    secret.write_text(SECRET, encoding="utf-8")
    secret.chmod(0o600)
    return [draft["ref"] for draft in crm.json("outreach", "draft", "hello", "--to", "amina", "--to", "sian")]


def put(crm: Crm, *words: str, code: Exit = Exit.DONE) -> list[tuple[str, str, str | None]]:
    """Put drafts there; give what is said of each."""
    result = crm("--json", "outreach", "send", "--to-drafts", *words, "--password-file", "password")
    assert result.code == code, result
    return [(each["ref"], each["result"], each["why"]) for each in result.data]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_drafts_are_put_into_the_folder_that_the_server_says(crm: Crm, drafts: list[str], dovecot: Dovecot, security: str) -> None:
    """Each once, marked as a draft, to one person; a run that was ended before it was kept puts none there twice."""
    path = crm.workspace.folder / "solidarity.toml"
    settings = path.read_text(encoding="utf-8")
    if security == "starttls":
        path.write_text(settings.replace(f"port = {dovecot.tls}", f'port = {dovecot.plain}\nsecurity = "starttls"'), encoding="utf-8")
    before = len(dovecot.drafts())
    assert put(crm, *drafts) == [(ref, "in your drafts folder", None) for ref in drafts]
    found = dovecot.drafts()[before:]
    assert [(str(message["To"]), message["Subject"]) for message, _ in found] == [
        ("Amina Yusuf <amina@example.org>", "Hello Amina"),
        ('"Siân O\'Brien [she/her]" <sian@example.org>', "Hello Siân"),
    ]
    assert all("\\\\Draft" in flags and message["X-Unsent"] is None for message, flags in found)
    assert {draft["status"] for draft in crm.json("outreach", "list")} == {"exported"}
    crm.ok("undo", "--yes")  # as when the second was put there and not kept
    assert put(crm, drafts[1]) == [(drafts[1], "in your drafts folder", "it was there already")]
    assert len(dovecot.drafts()) == before + 2


def test_a_wrong_password_or_folder_is_one_line(crm: Crm, drafts: list[str], tmp_path: Path) -> None:
    """And nothing is handed over."""
    path = crm.workspace.folder / "solidarity.toml"
    path.write_text(f'{path.read_text(encoding="utf-8")}folder = "nowhere"\n', encoding="utf-8")
    err = crm.refused(Exit.REFUSED, "outreach", "send", *drafts, "--to-drafts", "--password-file", "password")
    assert "it has no folder for drafts" in err
    (tmp_path / "password").write_text("wrong", encoding="utf-8")
    err = crm.refused(Exit.REFUSED, "outreach", "send", *drafts, "--to-drafts", "--password-file", "password")
    assert f"localhost does not let {USER} in" in err
    assert {draft["status"] for draft in crm.json("outreach", "list")} == {"draft"}


def test_notmuch_and_mblaze_read_our_maildir(crm: Crm, amina: str, tmp_path: Path) -> None:
    """As drafts, with their text."""
    needed("notmuch", "mshow")
    (crm.workspace.templates / "hello.txt").write_text(HELLO, encoding="utf-8")
    crm.ok("outreach", "draft", "hello", "--to", amina)
    box = tmp_path / "mail"
    crm.ok("outreach", "export", "D1", "--format", "maildir", "--to", str(box))
    (tmp_path / "notmuch").write_text(f"[database]\npath={box}\n[user]\nname=Robin\n[new]\ntags=new\n", encoding="utf-8")
    environment = {**os.environ, "NOTMUCH_CONFIG": str(tmp_path / "notmuch")}
    subprocess.run(["notmuch", "new"], env=environment, check=True, capture_output=True)
    said = subprocess.run(["notmuch", "search", "tag:draft"], env=environment, check=True, capture_output=True, text=True).stdout
    assert "Hello Amina" in said
    (file,) = [path for path in box.rglob("*") if path.is_file() and "D1" in path.name]
    shown = subprocess.run(["mshow", str(file)], check=True, capture_output=True, text=True).stdout
    assert "To: Amina Yusuf <amina@example.org>" in shown
    assert "From us all." in shown
