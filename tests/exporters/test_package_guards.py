"""What the package tells the release about itself, and what a killed build left behind."""

import hashlib
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from exporters import package
from models.disclosure.releases import ReleaseContent
from models.kernel.errors import Refused
from tests.build import release


@pytest.fixture
def content(tmp_path: Path) -> ReleaseContent:
    store = tmp_path / "originals"
    store.mkdir()
    return release.content(release.item(store))


def test_the_proof_covers_every_byte(content: ReleaseContent, tmp_path: Path) -> None:
    proof = package.build(content, tmp_path / "out")
    told = {path: digest for _, path, digest in proof.files} | dict(proof.others)
    told["manifest.json"] = proof.manifest_sha256
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in proof.folder.iterdir()
    }
    assert told == found
    assert proof.archive_sha256 == hashlib.sha256(proof.archive.read_bytes()).hexdigest()


def test_what_a_killed_build_left_goes_and_one_under_way_stays(
    content: ReleaseContent, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    old, new = out / ".making-old", out / ".making-new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "审批表.docx").write_bytes(b"half")
    past = time.time() - 2 * 3600
    os.utime(old, (past, past))
    package.build(content, out)
    assert not old.exists()
    assert new.exists()


@pytest.mark.parametrize("key", ["summary", "keywords", "column", "department", "scope"])
def test_no_number_leaves_in_any_free_field(tmp_path: Path, key: str) -> None:
    store = tmp_path / "originals"
    store.mkdir()
    item = release.item(store)
    fields = {**item.fields, key: "联系人450321199001010014"}
    telling = release.content(replace(item, fields=fields))
    with pytest.raises(Refused):
        package.build(telling, tmp_path / "out")
    assert not (tmp_path / "out").exists()
