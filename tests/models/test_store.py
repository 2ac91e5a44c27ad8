"""The store: the bytes that were examined, whole or not at all."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from models.kernel import store
from models.kernel.errors import Changed, Unavailable
from models.kernel.home import Home

CONTENT = "关于清理沟渠的通知".encode()
SHA = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def source(home: Home, tmp_path: Path) -> Path:
    home.create()
    path = tmp_path / "in.txt"
    path.write_bytes(CONTENT)
    return path


def test_kept_under_its_hash(home: Home, source: Path) -> None:
    stored = store.keep(home, source, SHA)
    assert stored == store.Stored(SHA, len(CONTENT), home.originals / SHA[:2] / SHA)
    assert stored.path.read_bytes() == CONTENT
    assert stored.path == store.path_of(home, SHA)
    assert store.intact(home, SHA)
    assert list(home.temp.iterdir()) == []
    assert source.exists()


def test_kept_twice_is_kept_once(home: Home, source: Path) -> None:
    first = store.keep(home, source, SHA)
    stamp = first.path.stat().st_mtime_ns
    assert store.keep(home, source, SHA) == first
    assert first.path.stat().st_mtime_ns == stamp


def test_a_damaged_copy_is_mended(home: Home, source: Path) -> None:
    stored = store.keep(home, source, SHA)
    stored.path.chmod(0o644)
    stored.path.write_bytes(b"damaged")
    assert not store.intact(home, SHA)
    store.keep(home, source, SHA)
    assert store.intact(home, SHA)


def test_other_bytes_than_examined(home: Home, source: Path) -> None:
    source.write_bytes(b"changed meanwhile")
    with pytest.raises(Changed):
        store.keep(home, source, SHA)
    assert not store.path_of(home, SHA).exists()
    assert list(home.temp.iterdir()) == []


def test_what_is_not_there_is_not_intact(home: Home) -> None:
    assert not store.intact(home, SHA)


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (FileNotFoundError(errno.ENOENT, "x"), "已不在原来的位置"),
        (PermissionError(errno.EACCES, "x"), "权限"),
        (OSError(errno.ENOSPC, "x"), "磁盘已满"),
        (OSError(errno.EIO, "x"), "磁盘读写出错"),
    ],
)
def test_the_worlds_troubles(
    home: Home, source: Path, error: OSError, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(handle: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Unavailable) as unavailable:
        store.keep(home, source, SHA)
    assert part in unavailable.value.why
    assert list(home.temp.iterdir()) == []
    assert not store.path_of(home, SHA).exists()


def test_a_missing_file(home: Home, source: Path) -> None:
    with pytest.raises(Unavailable):
        store.keep(home, source.with_name("gone.txt"), SHA)


def test_windows_has_no_handle_on_folders(
    home: Home, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.os, "name", "nt")
    store._settle(home.originals)
