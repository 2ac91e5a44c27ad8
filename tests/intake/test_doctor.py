"""The doctor tells what is broken, and says nothing is where nothing is."""

from pathlib import Path

import pytest

import resources
from intake import doctor
from intake.doctor import Health
from models.kernel import base
from models.kernel.home import Home
from tests.office import make_office, register_text


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_a_home_without_an_office_is_said(home: Home) -> None:
    line = doctor.unopened(home)
    assert line is not None
    assert line.level is Health.WARN
    assert "还没有建立单位" in line.says


def test_garbage_instead_of_a_catalogue_is_said(home: Home) -> None:
    home.create()
    home.catalogue.write_bytes(b"not a database" * 500)
    line = doctor.unopened(home)
    assert line is not None
    assert line.level is Health.FAIL


def test_a_whole_office_is_well(home: Home) -> None:
    people = make_office(home)
    register_text(home, people.drafter, "停水通知")
    assert {line.level for line in doctor.data(home)} == {Health.OK}
    base.close_catalogue()


def test_a_changed_stored_file_is_told(home: Home) -> None:
    people = make_office(home)
    register_text(home, people.drafter, "停水通知")
    stored = next(p for p in home.originals.rglob("*") if p.is_file())
    stored.chmod(0o600)
    stored.write_bytes(b"other bytes")
    lines = {line.what: line for line in doctor.data(home)}
    assert lines["原件库"].level is Health.FAIL
    base.close_catalogue()


def test_a_missing_library_names_its_package(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"libraries": {"libno-such-thing.so.9": "libno-such"}, "screen": {}}
    monkeypatch.setattr(resources, "table", lambda name: table)
    monkeypatch.setattr("sys.platform", "linux")
    line = doctor._libraries()
    assert line.level is Health.FAIL
    assert "libno-such" in line.says
