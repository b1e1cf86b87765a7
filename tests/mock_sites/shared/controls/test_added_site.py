"""A site that a project adds to the stack: a package in a folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from checkout_conformance.project import OWN_PACKAGE
from mock_sites import SITES
from mock_sites.__main__ import main
from mock_sites.shared.controls.added_site import PROJECT, added_site
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.extensions import ExtensionError
from mock_sites.shared.runtime.kept_keys import kept_keys
from mock_sites.shared.runtime.settings import StackSettings
from mock_sites.shared.runtime.site import Site

PACKAGE = """
from flask import request
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from .words import HELLO

class Base(DeclarativeBase):
    pass

class Parcel(Base):
    __tablename__ = "parcels"
    number: Mapped[str] = mapped_column(primary_key=True)

def create(site):
    rows = site.database(Base)

    @site.app.get("/")
    def home():
        return f"{HELLO}, beside {site.stack.public_url('shop')}"

    @site.app.post("/form")
    def form():
        return "sent"

    @site.api.post("/parcels")
    def hand_in():
        with rows.transaction() as session:
            session.add(Parcel(number=request.json["number"]))
        return "", 201

    @site.controls.get("/parcels")
    def parcels():
        '''The numbers of all parcels.'''
        with rows.reading() as session:
            return [row.number for row in session.query(Parcel)]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The package of a site; what is imported from it is forgotten afterwards."""
    package = tmp_path / "mocks" / "parcels"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(PACKAGE)
    (package / "words.py").write_text('HELLO = "Parcels"\n')
    before = dict(sys.modules)
    yield package
    for name in sys.modules.keys() - before.keys():
        if name.split(".")[0] == PROJECT:
            del sys.modules[name]


def made(folder: Path, *, controls: bool = True) -> Site:
    sites = (*SITES, folder.name)
    ports = {name: number for number, name in enumerate(sites, start=1)}
    keys = kept_keys(folder.parent, sites=sites)
    stack = StackSettings(data=folder.parent, ports=ports, keys=keys, controls=controls)
    return added_site(folder)(stack, Clock())


@pytest.fixture
def client(folder: Path) -> Iterator[FlaskClient]:
    site = made(folder)
    yield site.app.test_client()
    site.close()


def token(folder: Path) -> dict[str, str]:
    return {"Authorization": f"Bearer {kept_keys(folder.parent).control_token}"}


def test_it_has_its_pages_and_the_addresses_of_the_others(client: FlaskClient) -> None:
    assert client.get("/").text == "Parcels, beside http://shop.localhost:2"


def test_it_has_what_every_site_has(client: FlaskClient) -> None:
    assert client.get("/_health").text == "ok"
    assert "Test instance" in client.get("/.well-known/checkout-test-instance").text
    missing = client.get("/nowhere")
    assert missing.status_code == 404
    assert "· Parcels</title>" in missing.text
    assert "Content-Security-Policy" in missing.headers


def test_a_page_takes_no_form_without_its_key(client: FlaskClient) -> None:
    assert client.post("/form").status_code == 400


def test_programs_and_tests_have_routes_of_their_own(client: FlaskClient, folder: Path) -> None:
    assert client.post("/api/parcels", json={"number": "17"}).status_code == 201
    assert client.get("/_control/parcels").status_code == 401
    assert client.get("/_control/parcels", headers=token(folder)).json == ["17"]
    now = client.get("/_control/clock", headers=token(folder)).json
    assert now is not None
    assert "now" in now
    described = client.get("/_control/openapi.json", headers=token(folder)).json
    assert described is not None
    summary = described["paths"]["/_control/parcels"]["get"]["summary"]
    assert summary == "The numbers of all parcels."


def test_a_fault_strikes_its_api(client: FlaskClient, folder: Path) -> None:
    fault = {"place": "request", "kind": "broken", "path": "/api/parcels"}
    assert client.post("/_control/faults", json=fault, headers=token(folder)).status_code == 201
    assert client.post("/api/parcels", json={"number": "18"}).status_code == 500


def test_without_controls_it_has_none(folder: Path) -> None:
    site = made(folder, controls=False)
    assert site.app.test_client().get("/_control/clock").status_code == 404
    site.close()


def test_it_is_imported_as_the_engine_imports_the_project() -> None:
    assert PROJECT == OWN_PACKAGE


@pytest.mark.parametrize("text", ["create = 1 / 0", "def made(site): ...", "import nowhere_at_all"])
def test_a_package_that_makes_no_site_is_named(folder: Path, text: str) -> None:
    (folder / "__init__.py").write_text(text)
    with pytest.raises(ExtensionError, match=r"parcels cannot make the site parcels: \w+Error: "):
        made(folder)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("shop", "shop is one of our sites: give the folder another name"),
        ("Big-Parcels", "Big-Parcels is no name of a site: give small letters and digits"),
        ("nothing", "is no package: there is no __init__.py in it"),
    ],
)
def test_a_folder_that_is_no_site_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    (tmp_path / name).mkdir()
    if name != "nothing":
        (tmp_path / name / "__init__.py").touch()
    with pytest.raises(SystemExit):
        main(["--add-site", str(tmp_path / name)])
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", ["--sites wallet bank", "--port bank=1", "--elsewhere bank=http://b"]
)
def test_an_unknown_site_is_refused_with_the_names_of_all(
    folder: Path, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    with pytest.raises(SystemExit):
        main(["--add-site", str(folder), *words.split()])
    names = ", ".join((*SITES, "parcels"))
    assert f"there is no site bank, only: {names}" in capsys.readouterr().err
