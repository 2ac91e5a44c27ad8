"""The doctor tells what is broken, and says nothing is where nothing is."""

import os
import shutil
import time
from functools import partial
from pathlib import Path

import pytest

import resources
from exporters import package
from intake import doctor
from intake.doctor import Health
from models import queries
from models.disclosure import releases
from models.kernel import base
from models.kernel.home import Home
from tests.office import approved_text, make_office, register_text


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


def lines(home: Home) -> dict[str, doctor.Line]:
    return {line.what: line for line in doctor.data(home)}


def released(home: Home) -> Path:
    """A released package's folder; the catalogue stays open."""
    people = make_office(home)
    document_id = approved_text(home, people, "停水通知")
    build = partial(package.build, out=home.packages)
    releases.release(home, [document_id], build, people.publisher, "第一批")
    folder = queries.releases()[0].folder
    assert folder is not None
    return folder


def test_a_package_changed_after_its_release_is_told(home: Home) -> None:
    folder = released(home)
    assert {line.level for line in doctor.data(home)} == {Health.OK}
    (letter,) = folder.glob("*.txt")
    letter.write_bytes(b"other bytes")
    line = lines(home)["发布包内容"]
    assert line.level is Health.FAIL
    assert "第一批" in line.says
    assert letter.name in line.says
    assert "不要上传" in line.says
    base.close_catalogue()


def test_a_package_that_was_carried_off_is_only_said(home: Home) -> None:
    folder = released(home)
    shutil.rmtree(folder)
    folder.with_name(f"{folder.name}.zip").unlink()
    line = lines(home)["发布包内容"]
    assert line.level is Health.WARN
    assert "第一批" in line.says
    base.close_catalogue()


def test_a_release_that_was_not_finished_is_told_with_its_number(home: Home) -> None:
    people = make_office(home)
    document_id = approved_text(home, people, "停水通知")

    def build(content: releases.ReleaseContent) -> releases.PackageProof:
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        releases.release(home, [document_id], build, people.publisher, "坏包")
    line = lines(home)["发布包"]
    assert line.level is Health.WARN
    assert "“坏包”（1 号）" in line.says
    assert "abandon" in line.says
    releases.abandon(1, people.publisher, "重新制作")
    assert lines(home)["发布包"].level is Health.OK
    base.close_catalogue()


def test_a_broken_rule_file_of_the_office_is_named(home: Home) -> None:
    home.create()
    assert {line.what: line for line in doctor.machine(home)}["检查规则"].level is Health.OK
    (home.rules / "本镇.toml").write_text("[[rule]\n", encoding="utf-8")
    line = {line.what: line for line in doctor.machine(home)}["检查规则"]
    assert line.level is Health.FAIL
    assert "本镇" in line.says
    assert str(home.rules) in line.says


def test_what_a_killed_program_left_is_told(home: Home) -> None:
    make_office(home)
    working = home.temp / f"at-{os.getpid()}-abc"
    working.mkdir()
    assert lines(home)["临时文件夹"].level is Health.OK
    left = home.temp / "at-4194304-abc"
    left.mkdir()
    (left / "page.png").write_bytes(b"x" * 2048)
    (home.temp / "keep-0123456789abcdef").write_bytes(b"x" * 2048)
    hours_ago = time.time() - 7200
    os.utime(home.temp / "keep-0123456789abcdef", (hours_ago, hours_ago))
    line = lines(home)["临时文件夹"]
    assert line.level is Health.WARN
    assert "2 项" in line.says
    assert str(home.temp) in line.says
    base.close_catalogue()


def test_a_missing_library_names_its_package(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"libraries": {"libno-such-thing.so.9": "libno-such"}, "screen": {}}
    monkeypatch.setattr(resources, "table", lambda name: table)
    monkeypatch.setattr("sys.platform", "linux")
    line = doctor._libraries()
    assert line.level is Health.FAIL
    assert "libno-such" in line.says
