"""What was changed in a package after its release is told, whoever did it."""

import shutil
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from exporters import package
from models import queries
from models.disclosure import proofs, releases
from models.kernel.home import Home
from tests import office
from tests.office import People


@pytest.fixture
def folder(home: Home, who: People) -> Path:
    """The folder of one released package, as the exporter builds it."""
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")
    releases.release(
        home, [document_id], partial(package.build, out=home.packages), who.publisher, "第一批"
    )
    found = queries.releases()[0].folder
    assert found is not None
    assert proofs.changed() == []
    return found


def swapped(archive: Path) -> None:
    """Another text in the archive, under the same name and of the same length."""
    with zipfile.ZipFile(archive) as source:
        members = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(archive, "w") as target:
        for name, data in members.items():
            target.writestr(name, data[::-1] if name.endswith(".txt") else data)


def letter(folder: Path) -> Path:
    (found,) = folder.glob("*.txt")
    return found


def archive(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.zip")


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file": (lambda f: letter(f).write_bytes(b"other"), "通知.txt"),
    "a lost file": (lambda f: letter(f).unlink(), "通知.txt"),
    "the list": (lambda f: (f / "目录.xlsx").write_bytes(b"PK"), "目录.xlsx"),
    "the manifest": (lambda f: (f / "manifest.json").write_text("{}"), "manifest.json"),
    "one more": (lambda f: (f / "说明.txt").write_text("x"), "说明.txt"),
    "the archive": (lambda f: archive(f).write_bytes(b"PK\5\6"), "压缩包"),
    "a text in the archive": (lambda f: swapped(archive(f)), "压缩包"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_with_its_place(folder: Path, name: str) -> None:
    change, words = CHANGES[name]
    change(folder)
    (found,) = proofs.changed()
    assert found.name == "第一批"
    assert found.folder == folder
    assert any(words in each for each in found.files)
    assert not found.gone


def test_a_package_that_was_carried_off_is_gone_not_changed(folder: Path) -> None:
    shutil.rmtree(folder)
    archive(folder).unlink()
    (found,) = proofs.changed()
    assert found.gone


def test_the_archive_alone_is_enough(folder: Path) -> None:
    archive(folder).unlink()
    assert proofs.changed() == []
