"""Template files: their header, their body, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import CannotRead
from solidarity_crm.exchange.outreach.template_files import SIZE_LIMIT, paths, read
from solidarity_crm.resources import folder

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "Subject: Hello\nPurpose: service\nAbout: A greeting\n\nDear you,\n\nHello.\n"
SHIPPED = {
    "ask-introduction",
    "forwardable-note",
    "introduce",
    "introduce-together",
    "introducer-not-pursued",
    "introduction-follow-up",
    "introduction-not-pursued",
    "introduction-outcome",
    "meeting-invitation",
    "meeting-notes",
    "privacy-notice",
    "remind-introducer",
    "request-help",
    "thank-introducer",
    "thank-offer",
    "what-came-of-it",
}


@pytest.mark.parametrize(
    "text", [GOOD, f"\ufeff{GOOD}", GOOD.replace("\n", "\r\n"), GOOD.replace("\n", "\r"), GOOD.replace("Subject", "SUBJECT")]
)
def test_a_template_is_read_however_it_was_saved(tmp_path: Path, text: str) -> None:
    """A byte order mark, any line ends and any case of the header's words will do."""
    (tmp_path / "hello.txt").write_bytes(text.encode())
    found = read(tmp_path / "hello.txt")
    assert (found.name, found.subject, found.purpose, found.about) == ("hello", "Hello", "service", "A greeting")
    assert (found.body, found.first_line) == ("Dear you,\n\nHello.\n", 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: it needs a line 'Subject: …' above the first empty line"),
        ("Dear you,\n\nHello", "line 1: the lines above the first empty one are Subject: …, Purpose: …, About: …"),
        (GOOD.replace("About: A greeting\n", ""), "line 3: it needs a line 'About: …'"),
        (GOOD.replace("service", "spam"), "line 2: the purpose is one of: service, engagement, marketing"),
        (GOOD.replace("About", "Subject"), "line 3: a second Subject"),
        (GOOD.replace("About: A greeting", "About:"), "line 3: the lines above"),
        (GOOD.replace("About: A greeting", "Bcc: all@example.org"), "line 3: the lines above"),
        (GOOD.partition("Dear")[0], "it needs a text below the first empty line"),
        ("x" * (SIZE_LIMIT + 1), "a template is at most 64 KB"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    """One line with the file, the line in it and what it should be."""
    path = tmp_path / "hello.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CannotRead) as refused:
        read(path)
    assert said in refused.value.sentence
    assert str(path) in refused.value.sentence


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are named by their line; a file that is not there by the system's reason."""
    (tmp_path / "old.txt").write_bytes(b"Subject: Hello\nAbout: caf\xe9\n\nx")
    with pytest.raises(CannotRead, match="line 2: it is not UTF-8"):
        read(tmp_path / "old.txt")
    with pytest.raises(CannotRead, match="No such file"):
        read(tmp_path / "none.txt")


def test_ones_own_template_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    """The later folder wins by name; what is no template is not listed."""
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for place, name in ((shipped, "a.txt"), (shipped, "b.txt"), (own, "b.txt"), (own, "note.md")):
        place.mkdir(exist_ok=True)
        (place / name).write_text(GOOD, encoding="utf-8")
    (own / "folder.txt").mkdir()
    assert paths(shipped, own) == {"a": shipped / "a.txt", "b": own / "b.txt"}
    assert paths(shipped, tmp_path / "none") == {"a": shipped / "a.txt", "b": shipped / "b.txt"}


def test_all_shipped_templates_are_there() -> None:
    """None says how it is signed or how to have no more messages: that is in every message, whatever its template says."""
    shipped = paths(folder("templates"))
    assert set(shipped) == SHIPPED
    for path in shipped.values():
        body = read(path).body
        assert "did not write again" not in body, path
        assert "network.sign_off" not in body, path
