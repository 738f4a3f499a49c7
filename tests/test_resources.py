"""Where the files that come with the program are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.resources import folder

if TYPE_CHECKING:
    from pathlib import Path


def test_an_installed_package_has_its_own_folder(tmp_path: Path) -> None:
    """The package's folder comes before the checkout's."""
    package, checkout = tmp_path / "site" / "solidarity_crm", tmp_path / "checkout"
    (package / "templates").mkdir(parents=True)
    (checkout / "templates").mkdir(parents=True)
    assert folder("templates", package, checkout) == package / "templates"


def test_a_checkout_has_it_at_its_root(tmp_path: Path) -> None:
    """Without one in the package, the root of the checkout is meant."""
    assert folder("templates", tmp_path / "package", tmp_path) == tmp_path / "templates"
    assert list(folder("templates").glob("thank-offer.txt")), "the shipped templates are found"
