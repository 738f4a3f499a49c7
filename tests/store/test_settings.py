"""The settings file: what it says is taken, and each mistake is named in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit
from solidarity_crm.rules.help_kinds import HELP_KINDS
from solidarity_crm.store.errors import BadSettings
from solidarity_crm.store.settings import CalendarSettings, Intervals, Person, load

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm

WHOLE = """
[network]
name = "Leeds Solidarity Network"
communities = ["sex workers", " LGBTQ+ people ", ""]
help_kinds = ["advice", "childcare"]
time_zone = "Europe/Dublin"
holidays = "IE"
user = "Robin Marsh"
email = "hello@leeds.example"
sign_off = "Robin and Sam"
privacy_notice = "https://leeds.example/privacy"
uid = "4c2e"

[[people]]
name = "Robin Marsh"
email = "robin@leeds.example"

[[people]]
name = "Sam Adeyemi"

[calendar]
titles = "busy"
url = "https://cal.leeds.example/robin/network/"
user = "robin"

[revealing]
communities = ["sex workers"]
tags = ["lived experience"]

[intervals]
reply_working_days = 3
"""


def test_everything_that_is_said_is_taken(tmp_path: Path) -> None:
    """Each value in its place, blanks around it gone."""
    (tmp_path / "s.toml").write_text(WHOLE, encoding="utf-8")
    settings = load(tmp_path / "s.toml")
    assert settings.communities == ("sex workers", "LGBTQ+ people")
    assert settings.help_kinds == ("advice", "childcare")
    assert (settings.zone.key, settings.holidays) == ("Europe/Dublin", "IE")
    assert settings.calendar == CalendarSettings("busy", "https://cal.leeds.example/robin/network/", "robin")
    assert settings.people == (Person("Robin Marsh", "robin@leeds.example"), Person("Sam Adeyemi"))
    assert settings.intervals == Intervals(reply_working_days=3)
    assert (settings.domain, settings.sign_off, settings.user) == ("leeds.example", "Robin and Sam", "Robin Marsh")


def test_a_name_is_enough(tmp_path: Path) -> None:
    """The rest is what a partnership in England would choose."""
    (tmp_path / "s.toml").write_text('[network]\nname = "Derby"', encoding="utf-8")
    settings = load(tmp_path / "s.toml")
    assert (settings.zone.key, settings.holidays, settings.sign_off, settings.store) == ("Europe/London", "GB-ENG", "Derby", "network.db")
    assert (settings.help_kinds, settings.intervals, settings.domain) == (tuple(HELP_KINDS), Intervals(), "solidarity.invalid")


def test_somebodys_address_is_their_own_or_the_partnerships(tmp_path: Path) -> None:
    """Drafts come from whoever owns them, where an address is known."""
    (tmp_path / "s.toml").write_text(WHOLE, encoding="utf-8")
    settings = load(tmp_path / "s.toml")
    assert [settings.email_of(name) for name in ("Robin Marsh", "Sam Adeyemi", None)] == [
        "robin@leeds.example",
        "hello@leeds.example",
        "hello@leeds.example",
    ]


NETWORK = '[network]\nname = "Leeds"\n'
MISTAKES = {
    "[network": "cannot be read",
    "": "needs a name",
    "[network]\nname = ' '": "needs a name",
    "[network]\nname = 7": "name must be text in quotes",
    "network = 'Leeds'": "[network] must be a table",
    NETWORK + "communities = 'sex workers'": "communities must be a list of texts",
    NETWORK + "communities = [1]": "communities must be a list of texts",
    NETWORK + "time_zone = 'Leeds'": "time_zone 'Leeds' is not a time zone, like Europe/London",
    NETWORK + "time_zone = '../../etc/passwd'": "is not a time zone",
    NETWORK + "time_zone = 1": "time_zone must be text in quotes",
    NETWORK + "[intervals]\nreply_working_days = 0": "reply_working_days must be a whole number of days",
    NETWORK + "[intervals]\nreply_working_days = true": "reply_working_days must be a whole number of days",
    NETWORK + "[intervals]\nreply_days = 2": "[intervals] does not know reply_days",
    NETWORK + "[intervals]\noffer_waiting_days = 'ten'": "offer_waiting_days must be a whole number of days",
    NETWORK + "[calendar]\ntitles = 1": "titles must be text in quotes",
    NETWORK + "[calendar]\nurl = true": "url must be text in quotes",
    "calendar = 1\n" + NETWORK: "[calendar] must be a table",
    "people = 1\n" + NETWORK: "[[people]] must be",
    "people = ['Robin']\n" + NETWORK: "[[people]] must be",
    NETWORK + "[people]\nname = 'Robin'": "[[people]] must be",
    NETWORK + "[revealing]\ncommunities = ['Martians']": "[revealing] communities does not know Martians; it is one of: none",
    NETWORK + "[revealing]\npeople = ['Robin']": "[revealing] does not know people; it has: communities, tags",
    NETWORK + "[revealing]\ntags = 'secret'": "tags must be a list of texts",
    NETWORK + "[[people]]\nemail = 'robin@leeds.example'": "[[people]] needs a name",
}


@pytest.mark.parametrize(("text", "said"), MISTAKES.items())
def test_each_mistake_is_one_clear_line(crm: Crm, text: str, said: str) -> None:
    """The file, what is wrong in it, what to do, and exit code 4."""
    path = crm.workspace.folder / "solidarity.toml"
    path.write_text(text, encoding="utf-8")
    err = crm.refused(Exit.STORE, "contact", "list")
    assert said in err
    assert err.startswith(f"solidarity: {path}: ")
    assert err.endswith("\ntry: correct solidarity.toml in a text editor\n")
    assert err.count("\n") == 2


def test_a_file_that_is_no_text_is_one_clear_line(tmp_path: Path) -> None:
    """Bytes of some other encoding, or a folder in its place."""
    (tmp_path / "s.toml").write_bytes(b'[network]\nname = "Si\xe2n"')
    with pytest.raises(BadSettings, match="cannot be read"):
        load(tmp_path / "s.toml")
    with pytest.raises(BadSettings, match="cannot be read"):
        load(tmp_path)
